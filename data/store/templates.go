package store

import (
	"context"
	"database/sql"
	"errors"

	"casebinder/data"
)

const templateColumns = "uid, scenario, name, built_in, binned_at"

const templateSelect = "SELECT id, " + templateColumns + " FROM template "

func scanTemplate(row scanner) (m data.Template, err error) {
	return m, row.Scan(&m.ID, &m.UID, &m.Scenario, &m.Name, &m.BuiltIn, moment{&m.BinnedAt})
}

// Templates gives the reply templates that are not in the bin, with their
// variants, by scenario and name.
func (r *Reader) Templates(ctx context.Context) ([]data.Template, error) {
	list, err := all(ctx, r, templateSelect+"WHERE binned_at IS NULL ORDER BY scenario, name, id", nil, scanTemplate)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].Variants, err = r.variants(ctx, list[i].ID); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// KeptTemplates gives what the desk keeps of all templates, those in the bin too.
func (r *Reader) KeptTemplates(ctx context.Context) ([]data.Template, error) {
	list, err := all(ctx, r, templateSelect+"ORDER BY id", nil, scanTemplate)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].Variants, err = r.variants(ctx, list[i].ID); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Template gives a template with its variants, also from the bin.
func (r *Reader) Template(ctx context.Context, id int64) (data.Template, error) {
	m, err := first(ctx, r, templateSelect+"WHERE id = ?", []any{id}, scanTemplate)
	if err != nil {
		return m, missing(err, "template", id)
	}
	m.Variants, err = r.variants(ctx, m.ID)
	return m, err
}

// TemplateByUID gives the template with the UID, also from the bin.
func (r *Reader) TemplateByUID(ctx context.Context, uid string) (data.Template, error) {
	m, err := first(ctx, r, templateSelect+"WHERE uid = ?", []any{uid}, scanTemplate)
	if err != nil {
		return m, missing(err, "template", uid)
	}
	m.Variants, err = r.variants(ctx, m.ID)
	return m, err
}

func (r *Reader) variants(ctx context.Context, templateID int64) ([]data.Variant, error) {
	const query = "SELECT uid, language, label, body, edited FROM variant WHERE template_id = ? ORDER BY position"
	return all(ctx, r, query, []any{templateID}, func(row scanner) (v data.Variant, err error) {
		return v, row.Scan(&v.UID, &v.Language, &v.Label, &v.Body, &v.Edited)
	})
}

// PutTemplate writes a template with all its variants: the one with its UID,
// else a new one. It sets the ID, and UIDs that are empty.
func (t *Tx) PutTemplate(m *data.Template) error {
	if m.UID == "" {
		m.UID = newUID()
	}
	id, err := first(t.ctx, &t.Reader, "SELECT id FROM template WHERE uid = ?", []any{m.UID}, scanOne[int64])
	values := []any{m.UID, m.Scenario, m.Name, m.BuiltIn, ms(m.BinnedAt)}
	switch {
	case errors.Is(err, sql.ErrNoRows):
		m.ID, err = t.insert(insertSQL("template", templateColumns), values...)
	case err == nil:
		m.ID = id
		err = t.change("template", m.UID, updateSQL("template", templateColumns), append(values, id)...)
	}
	if err != nil {
		return conflicting(err, "template")
	}
	if _, err := t.exec("DELETE FROM variant WHERE template_id = ?", m.ID); err != nil {
		return err
	}
	for i := range m.Variants {
		v := &m.Variants[i]
		if v.UID == "" {
			v.UID = newUID()
		}
		_, err := t.exec(insertSQL("variant", "template_id, position, uid, language, label, body, edited"), m.ID, i+1, v.UID, v.Language, v.Label, v.Body, v.Edited)
		if err != nil {
			return conflicting(err, "variant")
		}
	}
	return nil
}
