package show

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// labelsHeld is for how many pictures it is kept what stands on their labels.
const labelsHeld = 1000

// labels compares the tracking numbers on labels in pictures with those of their
// orders, beside the main goroutine and one picture after another. Its fields are
// touched on the main goroutine alone.
type labels struct {
	desk  Desk
	queue []labelJob
	busy  bool
}

type labelJob struct {
	id   int64
	show func([]data.Finding)
}

// Get hands over what is found, once it is; nothing where the picture shows no number
// of a parcel.
func (l *labels) Get(e data.Evidence, show func([]data.Finding)) {
	if len(l.queue) >= labelsHeld {
		l.queue = l.queue[1:] // long out of sight
	}
	l.queue = append(l.queue, labelJob{e.ID, show})
	l.next()
}

func (l *labels) next() {
	if l.busy || len(l.queue) == 0 {
		return
	}
	job := l.queue[0]
	l.queue, l.busy = l.queue[1:], true
	kit.Do(func(ctx context.Context) ([]data.Finding, error) {
		return l.desk.EvidenceLabel(ctx, job.id)
	}, func(found []data.Finding, err error) {
		l.busy = false
		if err == nil { // a picture that cannot be read says so where its preview would be
			job.show(found)
		}
		l.next()
	})
}

// showsLabel tells whether a label may be in a picture: one of the packing, or whose
// codes were read.
func showsLabel(e data.Evidence) bool {
	return IsPicture(e) && e.OrderID != 0 && (e.Kind == data.KindPacking || e.Kind == data.KindTracking || len(e.Codes) > 0)
}

// labelLines fills a row with what its picture's label says against the order.
func (l *EvidenceList) labelLines(e data.Evidence, into *fyne.Container) {
	if !showsLabel(e) {
		return
	}
	l.env.labelsOf().Get(e, func(found []data.Finding) {
		for _, f := range found {
			color := theme.ColorNameSuccess
			switch f.Severity {
			case data.Serious:
				color = theme.ColorNameError
			case data.Warning:
				color = theme.ColorNameWarning
			}
			text := words.Text(f.Why)
			if !f.How.IsZero() {
				text += " " + words.Text(f.How)
			}
			line := kit.Colored(text, color, fyne.TextStyle{})
			if b := l.mendLabel(e, f); b != nil {
				into.Add(container.NewBorder(nil, nil, nil, container.NewVBox(b), line))
				continue
			}
			into.Add(line)
		}
		into.Refresh()
	})
}

// mendLabel is the button that mends what a label says; nil where nothing is done here.
func (l *EvidenceList) mendLabel(e data.Evidence, f data.Finding) *kit.Button {
	if l.Mend == nil || f.Mend.Deed == "" {
		return nil
	}
	text, do := l.Mend(f)
	if do == nil {
		return nil
	}
	at := slices.IndexFunc(l.list, func(o data.Evidence) bool { return o.ID == e.ID })
	b := kit.NewButton(kit.RowName(l.prefix, at, "mend"), text, do)
	b.Importance = widget.LowImportance
	return b
}
