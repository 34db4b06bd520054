package products

import (
	"errors"
	"testing"

	"casebinder/data"
	"casebinder/gui/guitest"
	"casebinder/gui/words"
)

// The suppliers that there are stand to choose; a new one wants its name, and what was
// typed for one counts only while "new" is chosen.
func TestASupplierIsChosenOrNew(t *testing.T) {
	b, _ := guitest.Real(t)
	f := newSupplierField(b.Env.UI, []data.Supplier{{Name: "Bright Works"}, {Name: "Lin"}}, "Bright Works")
	if f.name() != "Bright Works" || f.fresh.Visible() || f.check() != nil {
		t.Errorf("at first: %q, %v", f.name(), f.check())
	}
	f.choice.SetSelected(words.T("suppliers.new"))
	if err := f.check(); !f.fresh.Visible() || !errors.Is(err, data.ErrInvalid) {
		t.Errorf("a new one without a name: %v", err)
	}
	f.fresh.SetText(" Moon Pottery ")
	if f.name() != "Moon Pottery" || f.check() != nil {
		t.Errorf("new: %q, %v", f.name(), f.check())
	}
	f.choice.SetSelected("Lin")
	if f.name() != "Lin" || f.fresh.Visible() {
		t.Errorf("chosen again: %q", f.name())
	}
	f.choice.SetSelected(words.T("products.supplier.none"))
	if f.name() != "" || f.check() != nil {
		t.Errorf("none: %q, %v", f.name(), f.check())
	}
	if f = newSupplierField(b.Env.UI, nil, "In the bin"); f.name() != "In the bin" {
		t.Errorf("one that lies in the bin: %q", f.name())
	}
}
