package show

import (
	"context"
	"strings"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// ShipDesk marks orders as shipped.
type ShipDesk interface {
	ShipFindings(ctx context.Context, orderID int64) ([]data.Finding, error)
	ShipPacked(ctx context.Context, orderID int64, w desk.OrderDeed, reason string) error
}

// Shipping is an order that is marked as shipped.
type Shipping struct {
	OrderID int64
	Number  string
	Also    []data.Finding // stand against it as well
	Deed    desk.OrderDeed
	Done    func() // it is marked; may be nil
}

// Ship marks an order as shipped. What stands against that is shown first, and passed
// with a reason.
func (e *Env) Ship(d ShipDesk, s Shipping) {
	kit.Do(func(ctx context.Context) ([]data.Finding, error) { return d.ShipFindings(ctx, s.OrderID) }, func(found []data.Finding, err error) {
		found = append(found, s.Also...)
		switch {
		case err != nil:
			e.UI.Problem(err)
		case len(found) == 0:
			e.shipNow(d, s)
		default:
			e.askShip(d, s, found)
		}
	})
}

func (e *Env) shipNow(d ShipDesk, s Shipping) {
	kit.Do(func(ctx context.Context) (struct{}, error) {
		return struct{}{}, d.ShipPacked(ctx, s.OrderID, s.Deed, "")
	}, func(_ struct{}, err error) {
		switch {
		case err == nil:
			e.shipped(s)
		case !e.askOdd(err, func() { s.Deed.Sure = true; e.shipNow(d, s) }):
			e.UI.Problem(err)
		}
	})
}

func (e *Env) shipped(s Shipping) {
	e.UI.Toast(words.T("pack.shipped", "number", s.Number), e.Undo)
	if s.Done != nil {
		s.Done()
	}
}

// askOdd asks about what is odd of a deed, and goes on with again where it is so.
func (e *Env) askOdd(err error, again func()) bool {
	why, odd := desk.AsOrderDoubt(err)
	if odd {
		e.UI.Confirm("order.odd", words.T("order.write.odd"), words.Text(why), words.T("order.write.odd.do"), again)
	}
	return odd
}

// askShip shows what stands against shipping, and asks why it ships all the same.
func (e *Env) askShip(d ShipDesk, s Shipping, found []data.Finding) {
	reason, text := kit.TextField(e.UI, "", 2), ""
	kit.Trace("ship.reason", reason)
	e.UI.OpenForm(kit.FormSheet{
		Name: "ship", Title: words.Join(" · ", words.T("pack.ship"), s.Number), Width: 680, Height: 460, Save: words.T("pack.ship.reason"), Focus: reason,
		Fields: []*kit.Field{
			{Label: words.T("pack.lacks"), Object: Findings("ship.finding", AsFindings(found...), FindingDeeds{Narrow: true})},
			{Label: words.T("pack.ship.why"), Object: reason, Check: func() error {
				if strings.TrimSpace(reason.Text) == "" {
					return kit.ProblemRequired.New("field", words.T("pack.ship.why"))
				}
				return nil
			}},
		},
		Read: func() error {
			text = strings.TrimSpace(reason.Text)
			s.Deed.Note = text
			return nil
		},
		Work: func(ctx context.Context) error { return d.ShipPacked(ctx, s.OrderID, s.Deed, text) },
		Ask:  func(err error, again func()) bool { return e.askOdd(err, func() { s.Deed.Sure = true; again() }) },
		Done: func() { e.shipped(s) },
	})
}
