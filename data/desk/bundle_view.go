package desk

import (
	"cmp"
	"context"
	"slices"

	"casebinder/data"
	"casebinder/data/bundle"
	"casebinder/data/bundle/fit"
	"casebinder/data/store"
)

// BundleView is a dispute as it is composed into a bundle: its exhibits in
// their order, its statement, and where it can go. Its findings are those of the
// case and what else speaks against sending it.
type BundleView struct {
	CaseView
	Exhibits  []ExhibitView // all evidence, by section; what is left out has no number
	Statement data.Statement
	Profiles  []fit.Profile // with the limits in force; those that suit the dispute first
	Suited    int           // how many of Profiles suit it
}

// ExhibitView is a piece of evidence in its place in the bundle.
type ExhibitView struct {
	data.Exhibit
	Number   int // 1, 2, ... of those that are included; 0 when left out
	Evidence data.Evidence
	Original *data.Evidence // of an edited copy
	Copies   int            // edited copies of it
	Cited    int            // claims that cite it
	Zone     string         // in which the bundle shows times
}

// Bundle gathers a dispute for composing its bundle.
func (d *Desk) Bundle(ctx context.Context, disputeID int64) (BundleView, error) {
	base, err := d.Case(ctx, disputeID)
	if err != nil {
		return BundleView{}, err
	}
	v := BundleView{CaseView: base}
	if v.Statement, err = d.store.Statement(ctx, disputeID); err != nil {
		return v, err
	}
	if v.Exhibits, err = d.exhibits(ctx, &base.Dispute); err != nil {
		return v, err
	}
	for i := range v.Exhibits {
		v.Exhibits[i].Zone = base.Order.Shop.Zone
	}
	for _, claim := range v.Statement.Claims {
		for i := range v.Exhibits {
			if slices.ContainsFunc(claim.Cites, func(c data.Cite) bool { return c.Evidence == v.Exhibits[i].EvidenceUID }) {
				v.Exhibits[i].Cited++
			}
		}
	}
	c, err := d.contents(ctx, BundleRequest{DisputeID: disputeID, Language: "en"})
	if err != nil {
		return v, err
	}
	report, err := bundle.Citations(ctx, c)
	if err != nil {
		return v, err
	}
	v.Tell(report)
	v.Profiles, v.Suited, err = d.profiles(ctx, v.CaseView)
	return v, err
}

// exhibits gives the evidence of a dispute in the places that an operator gave
// it. What has no place yet stands behind the others of its section, by time;
// an edited copy takes its original's place.
func (d *Desk) exhibits(ctx context.Context, dispute *data.Dispute) ([]ExhibitView, error) {
	evidence, err := d.evidenceOf(ctx, dispute)
	if err != nil {
		return nil, err
	}
	placed, err := d.store.Exhibits(ctx, dispute.ID)
	if err != nil {
		return nil, err
	}
	submissions, err := d.store.Submissions(ctx, dispute.ID)
	if err != nil {
		return nil, err
	}
	return arrange(evidence, placed, receipts(evidence, submissions)), nil
}

// receipts are the pieces that came in after a submission to show that it
// arrived. They are no exhibits of the next one unless somebody takes them in.
func receipts(evidence []data.Evidence, submissions []data.Submission) map[string]bool {
	all := map[string]bool{}
	for i := range submissions {
		for j := range evidence {
			if evidence[j].UID == submissions[i].Receipt && !evidence[j].AddedAt.Before(submissions[i].CreatedAt) {
				all[evidence[j].UID] = true
			}
		}
	}
	return all
}

// arrange puts evidence into its places. What was never placed is included,
// but for originals of redacted copies, and for receipts.
func arrange(evidence []data.Evidence, placed []data.Exhibit, receipts map[string]bool) []ExhibitView {
	byUID := make(map[string]*data.Evidence, len(evidence))
	copies := map[string]int{}
	redacted := map[string]bool{}
	for i := range evidence {
		e := &evidence[i]
		byUID[e.UID] = e
		if e.CopyOf != "" {
			copies[e.CopyOf]++
			redacted[e.CopyOf] = redacted[e.CopyOf] || e.Redacted()
		}
	}
	views := make([]ExhibitView, 0, len(evidence))
	seen := make(map[string]bool, len(evidence))
	add := func(x data.Exhibit, e *data.Evidence) {
		if !e.ErasedAt.IsZero() { // its file is gone
			return
		}
		if x.Section == "" {
			x.Section = data.SectionOf(e.Kind)
		}
		seen[e.UID] = true
		views = append(views, ExhibitView{Exhibit: x, Evidence: *e, Original: byUID[e.CopyOf], Copies: copies[e.UID]})
	}
	for _, x := range placed {
		if e := byUID[x.EvidenceUID]; e != nil {
			add(x, e)
		}
	}
	for i := range evidence {
		if e := &evidence[i]; !seen[e.UID] {
			add(data.Exhibit{EvidenceUID: e.UID, Included: !redacted[e.UID] && !receipts[e.UID]}, e)
		}
	}
	order := data.Sections()
	slices.SortStableFunc(views, func(a, b ExhibitView) int {
		return cmp.Compare(slices.Index(order, a.Section), slices.Index(order, b.Section))
	})
	number := 0
	for i := range views {
		views[i].Position = i + 1
		if views[i].Included {
			number++
			views[i].Number = number
		}
	}
	return views
}

// ArrangeExhibits gives the exhibits of a dispute their order, sections, titles
// and what they prove. Evidence that is not listed keeps standing behind its
// section. It can be undone.
func (d *Desk) ArrangeExhibits(ctx context.Context, disputeID int64, list []data.Exhibit) error {
	dispute, err := d.store.Dispute(ctx, disputeID)
	if err != nil {
		return err
	}
	before, err := d.store.Exhibits(ctx, disputeID)
	if err != nil {
		return err
	}
	if slices.EqualFunc(before, list, func(a, b data.Exhibit) bool {
		a.Position, b.Position = 0, 0
		return a == b
	}) {
		return nil
	}
	of := about{"exhibits.arrange", data.EntityExhibits, dispute.UID, rowsOf(data.EntityExhibits, disputeID, 0, 0)}
	return d.act(ctx, swap(of, before, list, func(_ context.Context, tx *store.Tx, to []data.Exhibit) error {
		return tx.PutExhibits(disputeID, to)
	}))
}

// profiles gives all profiles with the limits in force, those that suit a
// dispute first, and how many those are.
func (d *Desk) profiles(ctx context.Context, v CaseView) ([]fit.Profile, int, error) {
	known, err := fit.Profiles()
	if err != nil {
		return nil, 0, err
	}
	pack := ""
	if v.Pack != nil {
		pack = v.Pack.ID
	}
	suited := fit.Suggest(v.Order.Shop.Platform, pack)
	rank := func(p fit.Profile) int {
		if i := slices.Index(suited, p.ID); i >= 0 {
			return i
		}
		return len(suited)
	}
	slices.SortStableFunc(known, func(a, b fit.Profile) int { return cmp.Compare(rank(a), rank(b)) })
	for i := range known {
		if known[i], err = d.limits(ctx, known[i]); err != nil {
			return nil, 0, err
		}
	}
	return known, len(suited), nil
}

// Profiles gives all profiles with the limits in force.
func (d *Desk) Profiles(ctx context.Context) ([]fit.Profile, error) {
	list, _, err := d.profiles(ctx, CaseView{})
	return list, err
}

// profile gives one profile with the limits in force.
func (d *Desk) profile(ctx context.Context, id string) (fit.Profile, error) {
	p, err := fit.Find(id)
	if err != nil {
		return p, err
	}
	return d.limits(ctx, p)
}

// limits takes into a profile what its policy pack says, an operator's own
// figures included.
func (d *Desk) limits(ctx context.Context, p fit.Profile) (fit.Profile, error) {
	if p.Pack == "" {
		return p.With(nil, nil), nil
	}
	pack, err := d.pack(ctx, p.Pack)
	if err != nil {
		return p, err
	}
	var types []string
	limits := map[string]fit.Limit{}
	for _, u := range pack.Uploads {
		if len(u.Types) > 0 {
			types = u.Types
		}
		if u.Value != 0 {
			limits[u.ID] = fit.Limit{Value: u.Value, Origin: u.Origin.Origin}
		}
	}
	return p.With(types, limits), nil
}
