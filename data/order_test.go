package data

import "testing"

func TestToldHandle(t *testing.T) {
	for _, c := range []struct{ handle, name, want string }{
		{"ana garcía 28009", "Ana García", ""},
		{"ana garcía", "Ana García", ""},
		{"דוד כהן 6433222", "דוד כהן", ""},
		{"anna", "Anna", "anna"}, // an account may be called as its owner
		{"anna_28009", "Anna", "anna_28009"},
		{"ana@example.com", "Ana García", "ana@example.com"},
		{"buyer 42", "", "buyer 42"},
		{"", "Ana García", ""},
	} {
		if got := ToldHandle(c.handle, c.name); got != c.want {
			t.Errorf("%q of %q is told as %q, want %q", c.handle, c.name, got, c.want)
		}
	}
	o := Order{Buyer: Buyer{Name: "Ana García"}, ShipTo: Address{Postcode: "28009"}}
	if got := ToldHandle(o.MadeUpHandle(), o.Buyer.Name); got != "" {
		t.Errorf("what was made up is told as %q", got)
	}
}
