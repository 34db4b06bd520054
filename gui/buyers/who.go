package buyers

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/buyer"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// drawWho tells why accounts are held to be one person, and which others may be.
func (d *detail) drawWho() {
	d.who.RemoveAll()
	v := &d.view
	if len(v.Matches.List) > 0 {
		d.who.Add(kit.Section(words.T("buyers.maybe")))
	}
	for i, m := range v.Matches.List {
		id := m.Account.ID
		one := kit.NewButton(kit.RowName("buyer.match", i, "one"), words.T("buyers.one.do"), func() { d.join(id) })
		two := kit.NewButton(kit.RowName("buyer.match", i, "two"), words.T("buyers.two.do"), func() { d.part(v.Row.ID, id) })
		text := words.Named(words.Of("buyers.strength", m.Strength), accountText(m.Account))
		d.who.Add(account(text, why(m.Grounds), one, two))
	}
	if len(v.Accounts) > 1 {
		d.who.Add(kit.Section(words.T("buyers.one")))
	} else {
		d.who.Add(kit.Section(words.T("buyers.account")))
	}
	for i, b := range v.Accounts {
		if len(v.Accounts) == 1 {
			d.who.Add(kit.Prose(accountText(b.Account)))
			break
		}
		other := v.Accounts[0].Account.ID
		if i == 0 {
			other = v.Accounts[1].Account.ID
		}
		part := kit.NewButton(kit.RowName("buyer.account", i, "part"), words.T("buyers.part.do"), func() { d.part(other, b.Account.ID) })
		d.who.Add(account(accountText(b.Account), bond(b.Grounds), part))
	}
	if len(v.Matches.List) == 0 && len(v.Accounts) == 1 {
		d.who.Add(kit.Soft(words.T("buyers.alone")))
	}
	for _, n := range v.Matches.Notes {
		d.who.Add(kit.Soft(words.Text(n.Why)))
	}
	kit.Dense(d.who)
	d.who.Refresh()
}

// account is an account with why it is here, and what can be said of it below.
func account(text, why string, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	for _, b := range buttons {
		if b, ok := b.(*kit.Button); ok {
			b.Importance = widget.LowImportance
		}
	}
	return kit.Stacked(0, kit.Prose(text), kit.Soft(why), container.NewHBox(buttons...), kit.Inset(look.Tight, kit.Hairline()))
}

func accountText(a desk.BuyerAccount) string {
	handle := data.ToldHandle(a.Handle, a.Name)
	if handle == a.Email {
		handle = ""
	}
	return words.Join(" · ", a.Platform.Title(), a.Name, words.Buyer(handle), a.Email, words.N("buyers.count_orders", a.Orders))
}

func why(grounds []buyer.Ground) string {
	var all []string
	for _, g := range grounds {
		all = append(all, words.Text(g.Why))
	}
	return strings.Join(all, " ")
}

// bond is why an account belongs to its person.
func bond(grounds []buyer.Ground) string {
	if len(grounds) == 0 {
		return words.T("buyers.word")
	}
	return why(grounds)
}

func (d *detail) join(other int64) {
	id := d.view.Row.ID
	d.env.Deed(words.T("buyers.joined"), func(ctx context.Context) error { return d.env.desk.JoinBuyers(ctx, id, other) })
}

func (d *detail) part(a, b int64) {
	d.env.Deed(words.T("buyers.parted"), func(ctx context.Context) error { return d.env.desk.PartBuyers(ctx, a, b) })
}
