package desk

import (
	"context"
	"errors"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/reply"
	"casebinder/data/store"
)

var (
	problemTemplateName = data.DefineProblem("template_name_missing", data.ErrInvalid,
		"The template has no name.", "Write a name under which you will find it.")
	problemNoVariant = data.DefineProblem("template_without_text", data.ErrInvalid,
		"The template “{name}” has no text in any language.", "Write it in one language at least.")
	problemNotBuiltIn = data.DefineProblem("template_not_built_in", data.ErrNotFound,
		"The template “{name}” did not come with the program, so there is nothing to go back to.",
		"Edit it, or put it into the bin.")
)

const signatureSetting = "signature" // how the operator signs

// Templates lists all templates that are not in the bin: the program's, with what
// the seller changed of them, then the seller's own.
func (d *Desk) Templates(ctx context.Context) ([]data.Template, error) {
	kept, err := d.store.KeptTemplates(ctx)
	if err != nil {
		return nil, err
	}
	return reply.OverlayAll(kept)
}

// template gives a template as it is used, also from the bin.
func (d *Desk) template(ctx context.Context, uid string) (data.Template, error) {
	kept, err := d.store.TemplateByUID(ctx, uid)
	if errors.Is(err, data.ErrNotFound) {
		if _, builtIn := reply.EntryOf(uid); builtIn {
			return reply.Overlay(data.Template{UID: uid}), nil
		}
	}
	if err != nil {
		return kept, err
	}
	return reply.Overlay(kept), nil
}

// adoptTemplates takes out of a desk the whole copies of built-in templates that
// it had before version 11, but for what its seller changed.
func (d *Desk) adoptTemplates(ctx context.Context) error {
	kept, err := d.store.KeptTemplates(ctx)
	if err != nil {
		return err
	}
	var adopted []data.Template
	for _, t := range kept {
		copied := slices.ContainsFunc(t.Variants, func(v data.Variant) bool { return !v.Edited })
		if !t.BuiltIn || !copied {
			continue
		}
		if t, err = reply.Adopt(t); err != nil {
			return err
		}
		adopted = append(adopted, t)
	}
	if len(adopted) == 0 {
		return nil
	}
	return d.record(ctx, func(_ context.Context, tx *store.Tx) (deed, error) {
		uids := make([]string, len(adopted))
		for i := range adopted {
			uids[i] = adopted[i].UID
			if err := tx.PutTemplate(&adopted[i]); err != nil {
				return deed{}, err
			}
		}
		change := data.Change{Action: "template.adopt", Entity: data.EntityTemplate, After: uids}
		return deed{Change: change, effect: data.EffectMany, rows: manyOf(data.EntityTemplate)}, nil
	})
}

// FittingTemplates names the templates, by their UIDs, that fit a dispute, the
// best first; none that is in the bin.
func (d *Desk) FittingTemplates(ctx context.Context, disputeID int64) ([]string, error) {
	dispute, err := d.store.Dispute(ctx, disputeID)
	if err != nil {
		return nil, err
	}
	fits, err := reply.Fitting(dispute.Reason, dispute.Stage)
	if err != nil {
		return nil, err
	}
	templates, err := d.Templates(ctx)
	return slices.DeleteFunc(fits, func(uid string) bool {
		return !slices.ContainsFunc(templates, func(t data.Template) bool { return t.UID == uid })
	}), err
}

// TemplateVariable is a name that a template may use.
type TemplateVariable = reply.Variable

// TemplateVariables lists all variables.
func TemplateVariables() []TemplateVariable { return reply.Variables() }

// TemplateScenarios lists the groups of the built-in templates in their order.
func TemplateScenarios() []string { return reply.Scenarios() }

// CheckTemplate says what is wrong with the text of a template; nothing when it
// is sound.
func CheckTemplate(body string) []*data.Problem { return reply.Check(body) }

// PutTemplate stores a new template (UID "") or an edited one. A text with a
// fault is refused. It can be undone.
func (d *Desk) PutTemplate(ctx context.Context, t data.Template) (data.Template, error) {
	if err := d.checkTemplate(&t); err != nil {
		return t, err
	}
	return d.putTemplate(ctx, t, "template.put")
}

func (d *Desk) checkTemplate(t *data.Template) error {
	if t.Name = strings.TrimSpace(t.Name); t.Name == "" {
		return problemTemplateName.New()
	}
	if len(t.Variants) == 0 {
		return problemNoVariant.New("name", t.Name)
	}
	for i := range t.Variants {
		if problems := reply.Check(t.Variants[i].Body); len(problems) > 0 {
			return problems[0]
		}
		if t.Variants[i].UID == "" {
			uid, err := newUID()
			if err != nil {
				return err
			}
			t.Variants[i].UID = uid
		}
	}
	if t.UID == "" {
		uid, err := newUID()
		if err != nil {
			return err
		}
		t.UID = uid
	}
	return nil
}

func (d *Desk) putTemplate(ctx context.Context, t data.Template, action string) (data.Template, error) {
	before, err := d.template(ctx, t.UID)
	isNew := errors.Is(err, data.ErrNotFound)
	if err != nil && !isNew {
		return t, err
	}
	t.ID = before.ID
	if !isNew {
		of := about{action, data.EntityTemplate, t.UID, rowsOf(data.EntityTemplate, t.ID, 0, 0)}
		err = d.act(ctx, swap(of, &before, &t, keepTemplate))
		return t, err
	}
	return t, d.act(ctx, addingTemplate(action, &t))
}

// keepTemplate stores what a desk keeps of a template.
func keepTemplate(_ context.Context, tx *store.Tx, t *data.Template) error {
	kept := reply.Kept(*t)
	err := tx.PutTemplate(&kept)
	t.ID = kept.ID
	return err
}

// ResetTemplate brings a built-in template back to the text that came with
// the program. It can be undone.
func (d *Desk) ResetTemplate(ctx context.Context, uid string) (data.Template, error) {
	if _, builtIn := reply.EntryOf(uid); !builtIn {
		return data.Template{}, problemNotBuiltIn.New("name", uid)
	}
	return d.putTemplate(ctx, reply.Overlay(data.Template{UID: uid}), "template.reset")
}

// BinTemplate puts a template into the bin. It can be undone.
func (d *Desk) BinTemplate(ctx context.Context, uid string) error {
	template, err := d.template(ctx, uid)
	if err != nil {
		return err
	}
	if template.ID != 0 {
		return d.act(ctx, binning(data.EntityTemplate, uid, true, rowsOf(data.EntityTemplate, template.ID, 0, 0)...))
	}
	return d.act(ctx, func(ctx context.Context, tx *store.Tx) (deed, error) {
		if err := keepTemplate(ctx, tx, &template); err != nil {
			return deed{}, err
		}
		return binning(data.EntityTemplate, uid, true, rowsOf(data.EntityTemplate, template.ID, 0, 0)...)(ctx, tx)
	})
}
