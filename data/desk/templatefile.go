package desk

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"casebinder/data"
	"casebinder/data/reply"
	"casebinder/data/store"
)

// TemplateChange is what a file of templates would do to one text.
type TemplateChange struct {
	Template string `json:"template"` // UID
	Name     string `json:"name"`
	Language string `json:"language"`
	Label    string `json:"label,omitempty"`
	Was      string `json:"was,omitempty"` // "": there is none yet
	Becomes  string `json:"becomes"`
}

// TemplateFile is what a file of templates holds, and would do.
type TemplateFile struct {
	Templates   []data.Template  `json:"-"`           // as they would be
	Added       []TemplateChange `json:"added"`       // texts that the desk has not
	Overwritten []TemplateChange `json:"overwritten"` // texts that would be another
	Same        int              `json:"same"`        // texts that the desk has so already
}

var problemTemplatesNone = data.DefineProblem("templates_none", data.ErrInvalid,
	"There is no template to export.", "Choose templates, or change one first: without a choice those go out that you made or changed.")

// ExportTemplates writes templates as a file: those with the UIDs, whole; without
// UIDs those that the seller made or changed.
func (d *Desk) ExportTemplates(ctx context.Context, uids ...string) ([]byte, error) {
	all, err := d.Templates(ctx)
	if err != nil {
		return nil, err
	}
	var chosen []data.Template
	for _, uid := range uids {
		t, err := d.template(ctx, uid)
		if err != nil {
			return nil, err
		}
		chosen = append(chosen, t)
	}
	for _, t := range all {
		if len(uids) > 0 {
			break
		}
		if t.BuiltIn {
			t.Variants = slices.DeleteFunc(slices.Clone(t.Variants), func(v data.Variant) bool { return !v.Edited })
		}
		if len(t.Variants) > 0 {
			chosen = append(chosen, t)
		}
	}
	if len(chosen) == 0 {
		return nil, problemTemplatesNone.New()
	}
	return reply.ExportFile(chosen)
}

// ReadTemplates reads a file of templates and tells what it would do; it changes
// nothing. A file with a mistake is refused whole, with its name, line and reason.
func (d *Desk) ReadTemplates(ctx context.Context, name string, raw []byte) (TemplateFile, error) {
	var out TemplateFile
	read, err := reply.ReadFile(name, raw)
	if err != nil {
		return out, err
	}
	for _, t := range read {
		before, err := d.template(ctx, t.UID)
		if err != nil && !errors.Is(err, data.ErrNotFound) {
			return out, err
		}
		out.Templates = append(out.Templates, out.merge(before, t))
	}
	return out, nil
}

// merge puts the texts of a file over those of the desk, and notes what changes.
func (f *TemplateFile) merge(before, read data.Template) data.Template {
	merged := before
	merged.UID, merged.Name = read.UID, read.Name
	if read.Scenario != "" {
		merged.Scenario = read.Scenario
	}
	merged.Variants = slices.Clone(before.Variants)
	for _, v := range read.Variants {
		change := TemplateChange{Template: read.UID, Name: read.Name, Language: v.Language, Label: v.Label, Becomes: v.Body}
		i := slices.IndexFunc(merged.Variants, func(b data.Variant) bool { return b.Language == v.Language && b.Label == v.Label })
		switch {
		case i < 0:
			merged.Variants = append(merged.Variants, v)
			f.Added = append(f.Added, change)
		case merged.Variants[i].Body == v.Body:
			f.Same++
		default:
			change.Was = merged.Variants[i].Body
			merged.Variants[i].Body = v.Body
			f.Overwritten = append(f.Overwritten, change)
		}
	}
	return merged
}

// TakeTemplates stores what ReadTemplates read, all of it in one step. It can be
// undone.
func (d *Desk) TakeTemplates(ctx context.Context, file TemplateFile) error {
	var steps []step
	for _, t := range file.Templates {
		before, err := d.template(ctx, t.UID)
		isNew := errors.Is(err, data.ErrNotFound)
		if err != nil && !isNew {
			return err
		}
		if err := d.checkTemplate(&t); err != nil {
			return err
		}
		of := about{"template.import", data.EntityTemplate, t.UID, rowsOf(data.EntityTemplate, before.ID, 0, 0)}
		if isNew {
			steps = append(steps, addingTemplate(of.action, &t))
			continue
		}
		steps = append(steps, swap(of, &before, &t, keepTemplate))
	}
	if len(steps) == 0 {
		return nil
	}
	return d.act(ctx, together(steps...))
}

// addingTemplate is the step that stores a new template; taken back, it lies in
// the bin.
func addingTemplate(action string, t *data.Template) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		if err := keepTemplate(ctx, tx, t); err != nil {
			return deed{}, err
		}
		rows := rowsOf(data.EntityTemplate, t.ID, 0, 0)
		return deed{
			Change: data.Change{Action: action, Entity: data.EntityTemplate, Key: t.UID, After: *t},
			effect: data.EffectAdded, rows: rows, back: binning(data.EntityTemplate, t.UID, true, rows...),
		}, nil
	}
}

// TemplateCoverage is in which languages and wordings a template has a text.
type TemplateCoverage struct {
	Template string              `json:"template"` // UID
	Scenario string              `json:"scenario"`
	Name     string              `json:"name"`
	Texts    map[string][]string `json:"texts"` // labels ("", "short", "warm") by language
	Edited   []string            `json:"edited,omitempty"`
}

// TemplateCoverage tells which texts there are: all templates by all languages,
// and the languages in their order.
func (d *Desk) TemplateCoverage(ctx context.Context) (rows []TemplateCoverage, languages []string, err error) {
	all, err := d.Templates(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, t := range all {
		row := TemplateCoverage{Template: t.UID, Scenario: t.Scenario, Name: t.Name, Texts: map[string][]string{}}
		for _, v := range t.Variants {
			row.Texts[v.Language] = append(row.Texts[v.Language], v.Label)
			if v.Edited {
				row.Edited = append(row.Edited, v.UID)
			}
			if !slices.Contains(languages, v.Language) {
				languages = append(languages, v.Language)
			}
		}
		rows = append(rows, row)
	}
	return rows, languages, nil
}

// SaveTemplates writes what ExportTemplates gives into a file, in the place of one
// that is there.
func (d *Desk) SaveTemplates(ctx context.Context, path string, uids ...string) error {
	if err := data.CheckPath(path); err != nil {
		return err
	}
	raw, err := d.ExportTemplates(ctx, uids...)
	if err != nil {
		return err
	}
	return writeWhole(path, raw, true)
}

// templateFileMost is the size in bytes up to which a file of templates is read.
const templateFileMost = 16 << 20

var problemTemplateFileLarge = data.DefineProblem("templates_large", data.ErrInvalid,
	"The file “{name}” is too large for templates: more than {limit} MB.", "Choose the file that was exported.")

// LoadTemplates is ReadTemplates of a file.
func (d *Desk) LoadTemplates(ctx context.Context, path string) (TemplateFile, error) {
	if err := data.CheckPath(path); err != nil {
		return TemplateFile{}, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return TemplateFile{}, fmt.Errorf("reading templates: %w", err)
	}
	if info.Size() > templateFileMost {
		return TemplateFile{}, problemTemplateFileLarge.New("name", filepath.Base(path), "limit", templateFileMost>>20)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return TemplateFile{}, fmt.Errorf("reading templates: %w", err)
	}
	return d.ReadTemplates(ctx, filepath.Base(path), raw)
}
