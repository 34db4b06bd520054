package reply_test

import (
	"fmt"

	"casebinder/data"
	"casebinder/data/reply"
)

// A template is filled from an order. What the order does not know stands as
// a gap, until a person types it.
func Example() {
	variant := data.Variant{
		Language: "en",
		Body:     "Hello {{ buyer.name }}, order {{ order.number }} travels as {{ tracking.number }}.",
	}
	about := reply.Context{Order: data.Order{
		Number: "12-10001-20002",
		Buyer:  data.Buyer{Name: "Ann"},
	}}
	show := func() {
		draft, err := reply.Render(variant, about)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(draft.Text)
		fmt.Println("missing:", draft.Missing)
	}
	show()
	about.Extra = map[string]string{"tracking.number": "LP00123456789CN"}
	show()
	// Output:
	// Hello Ann, order 12-10001-20002 travels as ⟦tracking.number⟧.
	// missing: [tracking.number]
	// Hello Ann, order 12-10001-20002 travels as LP00123456789CN.
	// missing: []
}
