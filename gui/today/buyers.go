package today

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// group is a kind of what is due to buyers; that of a notice is its id.
type group string

const (
	groupAnswers    group = "answers"
	groupPromises   group = "promises"
	groupComplaints group = "complaints"
	groupNotices    group = "notices" // of all kinds
	groupParcels    group = "parcels" // something is wrong with a parcel
	groupFollow     group = "follow"
	groupAwake      group = "awake" // for whom something waits, and who are likely awake
	groupMoments    group = "moments"
	groupResellers  group = "resellers" // of the moments, those to offer a restock
)

// dueCap is how many rows of a group a sheet lists. Of more it tells the number.
const dueCap = 500

// dueCounts are how many of each group are due.
type dueCounts struct {
	answers, overdue, promises, broken, complaints, late, follow, parcels, parcelsLate int
	notices                                                                            []desk.NoticeCount
	capped, parcelsCapped                                                              bool
}

func (c *dueCounts) noticeSum() (n int) {
	for _, one := range c.notices {
		n += one.N
	}
	return n
}

func (c *dueCounts) any() bool {
	return c.answers+c.promises+c.complaints+c.follow+c.parcels+c.noticeSum() > 0
}

// buyersBar is one line: what is due to buyers, a link a group. It takes no
// room where nothing is.
type buyersBar struct {
	today   *Tab
	object  *fyne.Container
	buttons map[group]*kit.Button
	counts  dueCounts
	loader  kit.Loader
	again   *time.Timer // counts once more after a pause
	counted time.Time
	took    time.Duration
}

func newBuyersBar(t *Tab) *buyersBar {
	b := &buyersBar{today: t, object: container.NewHBox(), buttons: map[group]*kit.Button{}}
	b.object.Add(kit.Soft1(words.T("today.buyers")))
	for _, g := range []group{groupAnswers, groupPromises, groupComplaints, groupParcels, groupNotices, groupFollow, groupAwake} {
		one := kit.NewLink("today.buyers."+string(g), "", func() { t.dueSheet(g) })
		b.buttons[g] = one
		b.object.Add(one)
	}
	b.object.Add(layout.NewSpacer())
	for _, one := range b.buttons { // the line keeps its room until the numbers are there: rows would move under the pointer
		one.Hide()
	}
	return b
}

// A count that took this long is not made again within a pause: of a desk with
// very many orders it takes a second.
const (
	longCount  = 200 * time.Millisecond
	countPause = 15 * time.Second
)

// count brings the numbers, after the list of Today is there.
func (b *buyersBar) count() {
	now := time.Now()
	if rest := countPause - now.Sub(b.counted); b.took > longCount && rest > 0 {
		if b.again == nil {
			b.again = kit.After(rest, func() { b.again = nil; b.count() })
		}
		return
	}
	b.counted = now
	kit.Load(&b.loader, func(ctx context.Context) (dueCounts, error) { return countDue(ctx, b.today.env.desk) }, func(c dueCounts, err error) {
		b.took = time.Since(now)
		if err != nil {
			if !errors.Is(err, context.Canceled) {
				b.today.env.UI.Problem(err)
			}
			return
		}
		b.counts = c
		b.draw()
	})
}

func countDue(ctx context.Context, d Desk) (c dueCounts, err error) {
	answers, total, err := d.Answers(ctx, dueCap)
	if err != nil {
		return c, err
	}
	c.answers = total
	for i := range answers {
		if answers[i].Overdue {
			c.overdue++
		}
	}
	promises, err := d.Promises(ctx, false, dueCap)
	if err != nil {
		return c, err
	}
	c.promises = len(promises)
	for _, p := range promises {
		if p.Overdue {
			c.broken++
		}
	}
	complaints, err := d.OpenComplaints(ctx, dueCap)
	if err != nil {
		return c, err
	}
	c.complaints = len(complaints)
	for i := range complaints {
		if complaints[i].Overdue {
			c.late++
		}
	}
	follow, err := d.FollowUps(ctx)
	if err != nil {
		return c, err
	}
	c.follow = len(follow)
	return c, c.countParcels(ctx, d)
}

func (b *buyersBar) draw() {
	c := &b.counts
	b.set(groupAnswers, c.answers, c.overdue)
	b.set(groupPromises, c.promises, c.broken)
	b.set(groupComplaints, c.complaints, c.late)
	b.set(groupParcels, c.parcels, c.parcelsLate)
	b.set(groupNotices, c.noticeSum(), 0)
	b.set(groupFollow, c.follow, 0)
	awake := b.buttons[groupAwake]
	awake.SetText(words.T("today.buyers.awake"))
	if c.any() {
		b.object.Show()
	} else {
		b.object.Hide()
	}
	b.object.Refresh()
	b.today.content.Refresh()
}

// set shows how many of a group are due, and how many of them are overdue.
func (b *buyersBar) set(g group, n, overdue int) {
	button := b.buttons[g]
	text := words.T("today.buyers."+string(g)) + "  " + words.Number(int64(n))
	if g == groupNotices && b.counts.capped || g == groupParcels && b.counts.parcelsCapped || (g == groupPromises || g == groupComplaints) && n == dueCap {
		text += "+"
	}
	if overdue > 0 {
		text += "  ! " + words.N("today.buyers.overdue", overdue)
	}
	button.SetText(text)
	if n > 0 {
		button.Show()
	} else {
		button.Hide()
	}
}

// entities of which something may be due to buyers.
var buyersWait = []string{
	data.EntityMessage, data.EntityOrder, data.EntityTask, data.EntityComplaint, data.EntityDispute, data.EntityFeedback, data.EntityShop, data.EntityDesk, data.EntityImport,
}
