package report

import (
	"strconv"
	"time"

	"casebinder/data"
	"casebinder/data/service"
)

// answers tells how long answers took, by shop, channel and month.
func (in *Input) answers() Table {
	t := Table{
		ID: "answers.month", Title: phraseAnswers.With(), Drawn: []int{7},
		Columns: []Column{
			{ID: "month", Title: phraseColumn["month"].With(), Unit: Words},
			{ID: "shop", Title: phraseColumn["shop"].With(), Unit: Words},
			{ID: "channel", Title: phraseColumn["channel"].With(), Unit: Words},
			{ID: "first", Title: phraseFirstMedian.With(), Unit: Span},
			{ID: "later", Title: phraseLaterMedian.With(), Unit: Span},
			{ID: "answers", Title: phraseAnswered.With(), Unit: Count},
			{ID: "within", Title: phraseWithin.With(), Unit: Count},
			{ID: "rate", Title: phraseWithinShare.With(), Unit: Share, Num: 6, Den: 5},
			{ID: "vague", Title: phraseVague.With(), Unit: Count},
		},
		Notes: []data.Text{phraseNoteAnswers.With()},
	}
	for _, m := range in.Answers {
		if in.Ask.ShopID != 0 && m.Shop.ID != in.Ask.ShopID {
			continue
		}
		n := int64(m.First.N + m.Later.N)
		t.Rows = append(t.Rows, Row{
			m.Month + "/" + strconv.FormatInt(m.Shop.ID, 10) + "/" + m.Channel,
			[]Cell{
				labeled("month", m.Month), labeled("shop", m.Shop.Name), labeled("channel", m.Channel), median(m.First), median(m.Later),
				count(n), counted(m.First.Within + m.Later.Within), shareOf(n), counted(m.Vague),
			},
		})
	}
	t.sum()
	return t
}

func median(t service.Times) Cell { return Cell{Span: t.Median, Known: t.N > 0} }

// hours tells when buyers write: a row a weekday, Monday first, a column an hour, each
// message on the clock of its shop.
func (in *Input) hours() Table {
	t := Table{
		ID: "hours.week", Title: phraseHours.With(), Columns: []Column{{ID: "weekday", Title: phraseColumn["weekday"].With(), Unit: Words}},
		Notes: []data.Text{phraseNoteHours.With()},
	}
	for hour := range 24 {
		t.Columns = append(t.Columns, Column{ID: "h" + strconv.Itoa(hour), Title: data.Text{English: strconv.Itoa(hour)}, Unit: Count})
		t.Drawn = append(t.Drawn, 1+hour)
	}
	t.Columns = append(t.Columns, Column{ID: "all", Title: phraseTotal.With(), Unit: Count})
	for d := range 7 {
		cells := make([]Cell, len(t.Columns))
		for i := range cells {
			cells[i].Known = true
		}
		cells[0].Label = Label{"weekday", strconv.Itoa(d + 1)}
		t.Rows = append(t.Rows, Row{strconv.Itoa(d + 1), cells})
	}
	for _, a := range in.Asked {
		shop := in.Shops[a.ShopID]
		at := time.Unix(a.Quarter*15*60, 0).In(shop.Location())
		cells := t.Rows[(int(at.Weekday())+6)%7].Cells
		cells[1+at.Hour()].N += a.N
		cells[len(cells)-1].N += a.N
	}
	t.sum()
	return t
}
