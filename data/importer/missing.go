package importer

import (
	"slices"
	"strings"

	"casebinder/data"
)

// weightyFields lists what an order is not whole without, each with the fields of
// which one is enough. What a preset reads of it and a file lacks is told.
var weightyFields = [][]Field{
	{FieldOrderedAt},
	{FieldStatus},
	{FieldPaidAt},
	{FieldShipBy},
	{FieldShippedAt},
	{FieldCurrency},
	{FieldShipping},
	{FieldRefunded},
	{FieldReference},
	{FieldBuyerHandle, FieldBuyerName, FieldBuyerEmail},
	{FieldShipLine1},
	{FieldShipCity},
	{FieldShipPostcode},
	{FieldShipCountry},
	{FieldItemTitle, FieldItemSKU, FieldItems},
	{FieldItemQuantity, FieldItems},
}

// lacks tells which columns a file lacks: a doubt where files of its kind have them,
// and worth knowing where some never do.
func (r *orderReader) lacks() error {
	missing, never := r.head.lacking(r.preset)
	for _, tell := range []struct {
		kind  *data.ProblemKind
		names []string
	}{{problemDoubtColumns, missing}, {problemNoteColumns, never}} {
		if len(tell.names) == 0 {
			continue
		}
		if err := r.doubt(0, "", tell.kind.New("preset", r.preset.Title, "headers", strings.Join(tell.names, ", "))); err != nil {
			return err
		}
	}
	return nil
}

// lacking names the columns that weigh and that a preset reads and a file has
// not, each by its first name: those that files of its kind have, and those that
// some never have.
func (h *header) lacking(p *Preset) (missing, never []string) {
	if p.Target != TargetOrders || p.Confidence == ownConfidence {
		return nil, nil
	}
	for _, fields := range weightyFields {
		var known []string
		found, sometimes := false, false
		for _, f := range fields {
			known = append(known, p.Columns[f]...)
			found = found || h.findAny(p.Columns[f]) >= 0
			sometimes = sometimes || slices.Contains(p.Sometimes, f)
		}
		switch {
		case len(known) == 0 || found:
		case sometimes:
			never = append(never, firstName(known))
		default:
			missing = append(missing, firstName(known))
		}
	}
	for _, s := range p.TotalSum { // a total without one of its parts is too small
		name := strings.TrimPrefix(s, "-")
		switch {
		case h.find(name) >= 0:
		case slices.Contains(p.Sometimes, Field(name)):
			never = append(never, firstName([]string{name}))
		default:
			missing = append(missing, firstName([]string{name}))
		}
	}
	return missing, never
}

func firstName(headers []string) string {
	name, _, _ := strings.Cut(headers[0], "|")
	return name
}

// lacksMoney names the columns in which a preset finds totals when a file has
// none of them; nothing when it has one, or the kind of file knows no total.
func (h *header) lacksMoney(p *Preset) []string {
	if p.Target != TargetOrders {
		return nil
	}
	all := slices.Clone(p.Columns[FieldTotal])
	for _, s := range p.TotalSum {
		all = append(all, strings.TrimPrefix(s, "-"))
	}
	if h.findAny(all) >= 0 {
		return nil
	}
	for i, name := range all {
		all[i] = strings.TrimPrefix(name, "=")
	}
	return all
}

// nearly finds the preset whose header this would be but for a column, and says
// which; nil when there is none.
func (h *header) nearly(file string, presets []*Preset, target Target) *data.Problem {
	var best *Preset
	known := 0
	for _, p := range presets {
		if p.Target != target || h.lacks(p) != "" || len(h.lacksMoney(p)) == 0 {
			continue
		}
		if n := h.columns(p); n > known {
			best, known = p, n
		}
	}
	if best == nil {
		return nil
	}
	return problemNoMoney.New("file", file, "preset", best.Title, "headers", strings.Join(h.lacksMoney(best), ", "))
}
