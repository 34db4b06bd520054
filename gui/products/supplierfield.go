package products

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

var problemNewSupplier = data.DefineProblem("supplier_new_name", data.ErrInvalid,
	"The new supplier has no name.", "Write its name, or choose one of those that are there.")

// newSupplier is the choice of a supplier that is not there yet: no name is like it.
const newSupplier = "\n"

// supplierField offers the suppliers that there are, and a new one by its name: a name
// that is typed anew each time soon stands there in two spellings.
type supplierField struct {
	object fyne.CanvasObject
	choice *kit.Choice[string]
	fresh  *kit.Entry
}

func newSupplierField(u *kit.UI, suppliers []data.Supplier, name string) *supplierField {
	options := []kit.Option[string]{{Value: "", Text: words.T("products.supplier.none")}}
	for _, s := range suppliers {
		options = append(options, kit.Option[string]{Value: s.Name, Text: s.Name})
	}
	if !slices.ContainsFunc(options, func(o kit.Option[string]) bool { return o.Value == name }) { // it lies in the bin
		options = append(options, kit.Option[string]{Value: name, Text: name})
	}
	options = append(options, kit.Option[string]{Value: newSupplier, Text: words.T("suppliers.new")})
	f := &supplierField{fresh: kit.TextField(u, "", 1)}
	f.choice = kit.NewChoice(options, name, func(value string) {
		if value == newSupplier {
			f.fresh.Show()
			u.Window.Canvas().Focus(f.fresh)
			return
		}
		f.fresh.Hide()
	})
	f.fresh.Hide()
	kit.Trace("product.supplier", f.choice)
	f.object = container.NewVBox(f.choice, f.fresh)
	return f
}

// name is that of the supplier that was chosen or written; "" for none.
func (f *supplierField) name() string {
	if value := f.choice.Value(); value != newSupplier {
		return value
	}
	return strings.TrimSpace(f.fresh.Text)
}

func (f *supplierField) check() error {
	if f.choice.Value() == newSupplier && f.name() == "" {
		return problemNewSupplier.New()
	}
	return nil
}
