package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/bundle"
	"casebinder/data/bundle/fit"
	"casebinder/data/desk"
)

func bundleCommand(c *call) func(context.Context) (*result, error) {
	var dispute, mask string
	var r desk.BundleRequest
	c.flags.StringVar(&dispute, "dispute", "", "`id` of the dispute, or the platform's case number")
	c.flags.StringVar(&r.Dir, "out", "", "`folder` for the PDF, the ZIP and the files to upload")
	c.flags.StringVar(&r.Language, "language", "en", "language of the bundle's own words: en, zh-CN or zh-TW")
	c.flags.StringVar(&r.Reads, "read-first", "", "language of READ-FIRST.txt and of the titles in fields.txt, which you read alone: en, zh-CN or zh-TW; without it that of the bundle")
	c.flags.StringVar(&r.Profile, "profile", "plain", "`id` of the form that it is fitted to; see the command profiles")
	c.flags.StringVar(&mask, "mask", "", "`kinds` of personal data that are masked in text, with commas: name, address, phone, email, payment")
	c.flags.BoolVar(&r.TimeStamp, "time-stamp", false, "write a time-stamp request (RFC 3161) for the ZIP")
	return func(ctx context.Context) (*result, error) {
		if dispute == "" || r.Dir == "" || len(c.files) > 0 {
			return nil, misused("bundle needs --dispute and --out")
		}
		var err error
		if r.Mask, err = maskKinds(mask); err != nil {
			return nil, err
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			found, err := d.FindDispute(ctx, dispute)
			if err != nil {
				return nil, err
			}
			r.DisputeID = found.ID
			report, err := d.ExportBundle(ctx, r, nil)
			if err != nil {
				return unfit(err), err
			}
			return bundleResult(report), nil
		})
	}
}

// maskKinds reads a list of kinds of personal data.
func maskKinds(list string) ([]data.MaskKind, error) {
	var kinds []data.MaskKind
	for _, word := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' }) {
		kind := data.MaskKind(word)
		if !slices.Contains(data.MaskKinds(), kind) {
			return nil, misused("--mask knows name, address, phone, email and payment, not “%s”", word)
		}
		kinds = append(kinds, kind)
	}
	return kinds, nil
}

// unfit tells what of a bundle does not fit its form; nil where that is not the
// error.
func unfit(err error) *result {
	var unfit *bundle.PlanError
	if !errors.As(err, &unfit) {
		return nil
	}
	out := &result{}
	out.tellPlan(&unfit.Plan)
	return out
}

// tellPlan tells what a plan found.
func (r *result) tellPlan(p *fit.Plan) {
	if len(p.Findings) == 0 {
		return
	}
	r.Detail = map[string]any{"findings": p.Findings}
	for _, f := range p.Findings {
		r.words += fmt.Sprintf("%s: %s\n", f.Severity, findingWords(f))
	}
}

func bundleResult(report desk.BundleReport) *result {
	s := report.Submission
	items := []map[string]any{
		{"path": report.PDFPath, "sha256": s.PDFSHA256, "pages": s.Pages},
		{"path": report.BagPath, "sha256": s.BagSHA256, "bytes": s.Bytes, "signer": s.Signer},
	}
	out := &result{ID: s.UID, Path: report.BagPath}
	var words strings.Builder
	fmt.Fprintf(&words, "%s\n%s\n", report.PDFPath, report.BagPath)
	for _, path := range report.FormFiles {
		items = append(items, map[string]any{"upload": path})
		fmt.Fprintln(&words, path)
	}
	for _, change := range s.Changes {
		fmt.Fprintf(&words, "changed: %s\n", change)
	}
	for _, name := range report.Unused {
		fmt.Fprintf(&words, "no claim cites %s\n", name)
	}
	out.tellPlan(&report.Plan)
	fmt.Fprintf(&words, "%s%s: version %d, %d pages, %d exhibits, signed %s, verified", out.words, s.UID, s.Version, s.Pages, s.Exhibits, s.Signer)
	out.Items, out.words = items, words.String()
	for _, r := range report.LeftOut {
		out.Rejected = append(out.Rejected, data.FindingOf(r.Reason, data.Warning, data.Ref{Kind: "file", ID: r.Name}))
	}
	return out
}

func statementCommand(c *call) func(context.Context) (*result, error) {
	var dispute, template string
	language, keep := "en", false
	c.flags.StringVar(&dispute, "dispute", "", "`id` of the dispute, or the platform's case number")
	c.flags.StringVar(&language, "language", language, "`language` of the claims: en, zh-CN, zh-TW, es, pt, fr, de, it, ru, pl, ja or ko")
	c.flags.StringVar(&template, "template", "", "`id` of the template; without it the one that fits best")
	c.flags.BoolVar(&keep, "keep", false, "store the draft as the dispute's statement")
	return func(ctx context.Context) (*result, error) {
		if dispute == "" || len(c.files) > 0 {
			return nil, misused("statement needs --dispute")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			found, err := d.FindDispute(ctx, dispute)
			if err != nil {
				return nil, err
			}
			drafted, err := d.DraftStatement(ctx, found.ID, template, language)
			if err == nil && keep {
				err = d.PutStatement(ctx, found.ID, drafted)
			}
			if err != nil {
				return nil, err
			}
			var words strings.Builder
			for i, claim := range drafted.Claims {
				fmt.Fprintf(&words, "%d. %s  [%d cited]\n", i+1, claim.Text, len(claim.Cites))
			}
			return &result{ID: drafted.Template, Items: drafted.Claims, words: words.String()}, nil
		})
	}
}

func profilesCommand(c *call) func(context.Context) (*result, error) {
	return func(ctx context.Context) (*result, error) {
		if len(c.files) > 0 {
			return nil, misused("profiles takes no arguments")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			list, err := d.Profiles(ctx)
			if err != nil {
				return nil, err
			}
			var words strings.Builder
			for _, p := range list {
				fmt.Fprintf(&words, "%s\t%s\t%s\n", p.ID, p.Name, strings.Join(limitWords(p), ", "))
			}
			return &result{Items: list, words: words.String()}, nil
		})
	}
}

// limitWords lists the limits of a profile.
func limitWords(p fit.Profile) []string {
	var words []string
	for name, limit := range p.Limits {
		words = append(words, fmt.Sprintf("%s %d (%s)", name, limit.Value, limit.Confidence))
	}
	slices.Sort(words)
	return words
}

func rebuildCommand(c *call) func(context.Context) (*result, error) {
	var uid, dir string
	c.flags.StringVar(&uid, "bundle", "", "`id` of the bundle, as it was printed when it was made")
	c.flags.StringVar(&dir, "out", "", "`folder` for its files")
	return func(ctx context.Context) (*result, error) {
		if uid == "" || dir == "" || len(c.files) > 0 {
			return nil, misused("rebuild needs --bundle and --out")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			report, err := d.Rebuild(ctx, uid, dir, nil)
			if err != nil {
				return nil, err
			}
			return bundleResult(report), nil
		})
	}
}

func sentCommand(c *call) func(context.Context) (*result, error) {
	var uid, at string
	var note desk.SentNote
	c.flags.StringVar(&uid, "bundle", "", "`id` of the bundle, as it was printed when it was made")
	c.flags.StringVar(&at, "at", "", "`time` of sending, such as 2026-11-16T14:02:00+08:00, or by the shop's clock; without it now")
	c.flags.StringVar(&note.Note, "note", "", "where it was uploaded, and the platform's `number` for it")
	c.flags.StringVar(&note.Receipt, "receipt", "", "`id` of the evidence that shows that it arrived")
	return func(ctx context.Context) (*result, error) {
		if uid == "" || len(c.files) > 0 {
			return nil, misused("sent needs --bundle")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			note.At = d.Now()
			if at != "" {
				shop, err := d.SubmissionShop(ctx, uid)
				if err != nil {
					return nil, err
				}
				if note.At, err = parseTime(at, shop.Location()); err != nil {
					return nil, err
				}
			}
			s, err := d.MarkSent(ctx, uid, note)
			if err != nil {
				return nil, err
			}
			return &result{ID: s.UID, words: fmt.Sprintf("%s: version %d, sent %s by %s", s.UID, s.Version, s.SentAt.Format(time.RFC3339), s.SentBy)}, nil
		})
	}
}
