package gui

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// bench is a window with a fake desk and what the screens asked of it.
type bench struct {
	*env
	fake     *fakeDesk
	window   fyne.Window
	openedAt []int64 // disputes that were to be shown
}

func newBench(t *testing.T, language string) *bench {
	t.Helper()
	test.NewTempApp(t)
	test.ApplyTheme(t, look.Theme{Mode: look.Light})
	words.Set(language)
	t.Cleanup(func() { words.Set(words.English) })
	t.Cleanup(kit.Inline())
	b := &bench{fake: newFakeDesk(), window: test.NewTempWindow(t, container.NewStack())}
	ui := kit.NewUI(b.window)
	ui.Now = func() time.Time { return fakeNow }
	b.env = &env{
		ui: ui, desk: b.fake,
		shops: func() []data.Shop { return []data.Shop{b.fake.orders[11].Order.Shop} }, shop: func() int64 { return 0 },
		openOrder: func(int64) {}, openDispute: func(id int64) { b.openedAt = append(b.openedAt, id) }, openFeedback: func(int64) {},
		reply: func(data.OrderRow, int64) {}, importFile: func(string) {}, documents: func() string { return "" },
		chooseFiles: func(string, func([]string)) {}, chooseDir: func(string, string, func(string)) {},
		openPath: func(string) {}, showDir: func(string) {}, readPicture: func() []byte { return nil },
	}
	return b
}

// show puts a screen into the window and loads it.
func (b *bench) show(s screen) {
	b.window.SetContent(b.ui.Frame(s.Content()))
	b.window.Resize(fyne.NewSize(1366, 720))
	s.Reload()
}

// texts lists every text on the window that is not hidden.
func (b *bench) texts() []string {
	var all []string
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		switch x := o.(type) {
		case *canvas.Text:
			all = append(all, x.Text)
		case *fyne.Container:
			for _, child := range x.Objects {
				walk(child)
			}
		case *widget.RichText:
			all = append(all, x.String())
		case *widget.Button:
			all = append(all, x.Text)
		case *widget.Select:
			all = append(all, append(slices.Clone(x.Options), x.PlaceHolder)...)
		case *widget.Entry:
			all = append(all, x.Text, x.PlaceHolder)
		case *container.AppTabs:
			for _, item := range x.Items {
				all = append(all, item.Text)
				walk(item.Content)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(x).Objects() {
				walk(child)
			}
		}
	}
	walk(b.window.Content())
	for _, o := range b.window.Canvas().Overlays().List() {
		walk(o)
	}
	return all
}

var rawKey = regexp.MustCompile(`^[a-z_]+(\.[a-z0-9_]+)+$`)

func (b *bench) noRawKeys(t *testing.T) {
	t.Helper()
	for _, text := range b.texts() {
		for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ·\n,", r) }) {
			if rawKey.MatchString(part) && !strings.HasSuffix(part, ".png") && !strings.HasSuffix(part, ".pdf") && !strings.HasSuffix(part, ".zip") {
				t.Errorf("an untranslated key is on the screen: %q", part)
			}
		}
	}
}

func (b *bench) shows(t *testing.T, want ...string) {
	t.Helper()
	all := strings.Join(b.texts(), "\n")
	for _, w := range want {
		if !strings.Contains(all, w) {
			t.Errorf("the screen does not show %q; it shows:\n%s", w, all)
		}
	}
}

func TestScreensSpeakEachLanguage(t *testing.T) {
	want := map[string]map[string]string{
		words.English:     {"today": "ship the order", "orders": "Timeline", "disputes": "What to do next", "feedback": "negative", "replies": "Copy"},
		words.Simplified:  {"today": "发货", "orders": "时间线", "disputes": "接下来做什么", "feedback": "差评", "replies": "复制"},
		words.Traditional: {"today": "出貨", "orders": "時間軸", "disputes": "接下來做什麼", "feedback": "差評", "replies": "複製"},
	}
	for _, language := range words.Languages() {
		for name, word := range want[language] {
			t.Run(language+"/"+name, func(t *testing.T) {
				b := newBench(t, language)
				s := screenMakers[name](b.env)
				b.show(s)
				switch x := s.(type) {
				case *today:
					x.table.Select(todayID(data.TodayRow{Kind: data.TodayShip, ID: 21}))
				case *orders:
					x.Open(11)
				case *disputes:
					x.Open(21)
					for i := len(x.detail.tabs.Items) - 1; i >= 0; i-- {
						x.detail.tabs.SelectIndex(i)
						b.noRawKeys(t)
					}
				case *feedback:
					x.Open(41)
				case *replies:
					x.tree.choose("own")
				}
				b.shows(t, word)
				b.noRawKeys(t)
			})
		}
	}
}

func TestSheetsSpeakEachLanguage(t *testing.T) {
	for _, language := range words.Languages() {
		b := newBench(t, language)
		b.show(newDisputes(b.env))
		view := b.fake.disputes[21]
		row := rowOfOrder(b.fake.orders[11])
		for name, open := range map[string]func(){
			"dispute":  func() { openDisputeSheet(b.env, row) },
			"facts":    func() { editDisputeSheet(b.env, view) },
			"event":    func() { addEventSheet(b.env, view, "") },
			"evidence": func() { editEvidenceSheet(b.env, view.Evidence[0], "Asia/Shanghai") },
			"feedback": func() { newFeedbackSheet(b.env) },
			"template": func() {
				editTemplateSheet(b.env, b.fake.templates[0], scenariosOf(b.fake.templates), func(string) {})
			},
		} {
			open()
			if !b.ui.SheetOpen() {
				t.Fatalf("%s: no sheet is open", name)
			}
			for _, text := range b.texts() {
				if rawKey.MatchString(text) && !strings.HasSuffix(text, ".png") && name != "template" { // which names variables as they are written
					t.Errorf("%s/%s: an untranslated key is on the sheet: %q", language, name, text)
				}
			}
		}
	}
}

func TestOpenADisputeByNumber(t *testing.T) {
	b := newBench(t, words.English)
	b.show(newDisputes(b.env))
	s := openDisputeSheet(b.env, data.OrderRow{})
	s.save() // nothing is chosen: nothing happens
	s.finder.search.SetText("8123000000000001")
	s.finder.search.Flush()
	if s.finder.chosen.ID != 11 {
		t.Fatalf("the order with exactly this number was not taken: %+v", s.finder.chosen)
	}
	s.save()
	if len(b.fake.opened) != 0 {
		t.Fatal("a dispute was opened without a reason")
	}
	b.shows(t, "Reason is empty.")
	s.form.reason.Set(data.ReasonDamaged)
	s.form.due.Entry.SetText("2025-11-25 18:00")
	s.form.claim.SetText(" Roto ")
	s.save()
	if len(b.fake.opened) != 1 {
		t.Fatalf("disputes opened: %d, want 1", len(b.fake.opened))
	}
	n := b.fake.opened[0]
	if n.OrderID != 11 || n.Reason != data.ReasonDamaged || n.Claim != "Roto" || n.Amount != (data.Money{Minor: 4599, Currency: "USD"}) {
		t.Errorf("the dispute is %+v", n)
	}
	if want := time.Date(2025, 11, 25, 10, 0, 0, 0, time.UTC); !n.StatedDue.Equal(want) { // Shanghai is 8 hours ahead
		t.Errorf("the stated date is %v, want %v", n.StatedDue, want)
	}
	if !s.open.Closed() || !slices.Equal(b.openedAt, []int64{22}) {
		t.Errorf("the sheet is closed: %v; shown disputes: %v", s.open.Closed(), b.openedAt)
	}
}

func TestSearchOffersSeveralOrders(t *testing.T) {
	b := newBench(t, words.English)
	b.show(newDisputes(b.env))
	s := openDisputeSheet(b.env, data.OrderRow{})
	s.finder.search.SetText("8123")
	s.finder.search.Flush()
	if s.finder.chosen.ID != 0 || len(s.finder.found.Objects) != 2 {
		t.Fatalf("chosen %d, offered %d; want none chosen and two offered", s.finder.chosen.ID, len(s.finder.found.Objects))
	}
	test.Tap(s.finder.found.Objects[1].(*widget.Button))
	if s.finder.chosen.ID != 12 {
		t.Errorf("the offered order was not taken: %d", s.finder.chosen.ID)
	}
}

func TestAddAnEvent(t *testing.T) {
	b := newBench(t, words.English)
	b.show(newDisputes(b.env))
	v := b.fake.disputes[21]
	addEventSheet(b.env, v, "")
	b.ui.Save()
	if len(b.fake.events) != 0 {
		t.Fatal("an event without a kind was written down")
	}
	form := newEventForm(b.ui, v, "")
	form.kind.SetSelectedIndex(slices.Index(data.EventKinds()[1:], data.EventClaimChanged))
	if got := form.actor.Value(); got != data.ActorBuyer {
		t.Errorf("a changed claim is by %q, want the buyer", got)
	}
	form.kind.SetSelectedIndex(slices.Index(data.EventKinds()[1:], data.EventCorrection))
	if form.corrects.Disabled() || kit.NewForm(form.fields()...).Check() {
		t.Error("a correction must name what it corrects")
	}
	addEventSheet(b.env, v, data.EventEscalated)
	b.ui.Save()
	if len(b.fake.events) != 1 || b.fake.events[0].Kind != data.EventEscalated || !b.fake.events[0].At.Equal(fakeNow) {
		t.Errorf("events: %+v", b.fake.events)
	}
}

func TestCopyIsBlockedByAMissingVariable(t *testing.T) {
	b := newBench(t, words.English)
	r := newReplies(b.env)
	b.show(r)
	r.tree.choose("own")
	if !r.copy.Disabled() {
		t.Fatal("a draft without its order can be copied")
	}
	r.About(rowOfOrder(b.fake.orders[11]), 0)
	if !r.copy.Disabled() || !strings.Contains(r.blocked.Text, "Missing") || strings.Contains(r.blocked.Text, "number of the order") {
		t.Fatalf("copy is enabled or says nothing: %q", r.blocked.Text)
	}
	if !strings.HasPrefix(r.text.Text, "es: 8123000000000001") {
		t.Fatalf("the draft is not in the buyer's language or not filled: %q", r.text.Text)
	}
	if !strings.HasPrefix(r.shown.gloss.Text, "en:") {
		t.Errorf("the counterpart is %q, want the English one", r.shown.gloss.Text)
	}
	r.copyText()
	if len(b.fake.kept) != 0 {
		t.Fatal("a text with a gap was copied")
	}
	r.setExtra("tracking.number", "LX1CN")
	if r.copy.Disabled() {
		t.Fatalf("copy is still blocked: %q", r.blocked.Text)
	}
	test.Tap(r.copy)
	want := "es: 8123000000000001 / LX1CN"
	if got := fyne.CurrentApp().Clipboard().Content(); got != want {
		t.Errorf("the clipboard holds %q, want %q", got, want)
	}
	if !slices.Equal(b.fake.kept, []string{want}) {
		t.Errorf("kept in the timeline: %q", b.fake.kept)
	}
}

func TestReplyTakesTheOrderInView(t *testing.T) {
	b := newBench(t, words.English)
	o := newOrders(b.env)
	b.show(o)
	o.Open(12)
	r := newReplies(b.env)
	b.show(r)
	r.tree.choose("own")
	if !strings.Contains(r.text.Text, "8123000000000002") {
		t.Errorf("the draft is not about the order in view: %q", r.text.Text)
	}
}

func TestEditedDraftIsNotLost(t *testing.T) {
	b := newBench(t, words.English)
	r := newReplies(b.env)
	b.show(r)
	r.tree.choose("own")
	r.About(rowOfOrder(b.fake.orders[11]), 0)
	r.text.SetText("mine ⟦tracking.number⟧")
	r.setExtra("tracking.number", "LX1CN")
	if r.text.Text != "mine LX1CN" {
		t.Errorf("the edited draft became %q", r.text.Text)
	}
	again := newReplies(b.env)
	b.show(again)
	again.Restore(r.State())
	if again.text.Text != "mine LX1CN" || again.finder.search.Text != "8123000000000001" {
		t.Errorf("after a rebuild the draft is %q about %q", again.text.Text, again.finder.search.Text)
	}
}

func TestEvidenceList(t *testing.T) {
	b := newBench(t, words.English)
	d := newDisputes(b.env)
	b.show(d)
	d.Open(21)
	d.detail.tabs.SelectIndex(2)
	b.shows(t, "parcel.png", "parcel-copy.png", "packing photo or video", "from the camera", "Evidence: 2 files")
	if b.fake.pictures != 1 {
		t.Errorf("one file was decoded %d times", b.fake.pictures)
	}
	d.detail.proof.remove(b.fake.disputes[21].Evidence[0])
	if !slices.Equal(b.fake.binned, []int64{31}) {
		t.Errorf("removed: %v", b.fake.binned)
	}
	b.undo()
	if b.fake.undone != 1 {
		t.Errorf("undone %d times", b.fake.undone)
	}
}

func TestAddingEvidence(t *testing.T) {
	b := newBench(t, words.English)
	b.show(newDisputes(b.env))
	to := proofTarget{orderID: 11, disputeID: 21}
	b.addFiles(to, []string{"/x/Screenshot 1.png", "/x/setup.exe"}, "drop")
	if len(b.fake.added) != 1 || b.fake.added[0].Kind != data.KindScreenshot || b.fake.added[0].Source != "drop" {
		t.Errorf("added: %+v", b.fake.added)
	}
	b.shows(t, "Not everything could be taken", "/x/setup.exe", "cannot be imported")
	b.pastePicture(to)
	if len(b.fake.added) != 1 {
		t.Fatal("an empty clipboard became evidence")
	}
	b.readPicture = func() []byte { return []byte("a picture") }
	b.pastePicture(to)
	last := b.fake.added[len(b.fake.added)-1]
	if last.Name != "screenshot-20251120-080000.png" || last.Source != "paste" || string(last.Bytes) != "a picture" {
		t.Errorf("pasted: %+v", last)
	}
}

func TestEditingEvidenceKeepsTheSecondsOfTheCamera(t *testing.T) {
	b := newBench(t, words.English)
	b.show(newDisputes(b.env))
	e := b.fake.disputes[21].Evidence[0]
	editEvidenceSheet(b.env, e, "Asia/Shanghai")
	b.ui.Save()
	if len(b.fake.edits) != 1 || !b.fake.edits[0].CapturedAt.Equal(e.CapturedAt) {
		t.Fatalf("edits: %+v, want the capture time %v untouched", b.fake.edits, e.CapturedAt)
	}
}

func TestFiltersChangeTheQuestion(t *testing.T) {
	b := newBench(t, words.English)
	o := newOrders(b.env)
	b.show(o)
	o.search.SetText("mug")
	o.search.Flush()
	o.status.SetSelectedIndex(1 + slices.Index(data.OrderStatuses(), data.StatusToShip))
	test.Tap(o.late)
	o.date.SetSelectedIndex(2)
	q := b.fake.orderQueries[len(b.fake.orderQueries)-1]
	if q.Search != "mug" || !slices.Equal(q.Statuses, []data.OrderStatus{data.StatusToShip}) || !q.Late || !q.Now.Equal(fakeNow) {
		t.Errorf("the question is %+v", q)
	}
	if want := fakeNow.AddDate(0, 0, -7); !q.From.Equal(want) || !q.To.IsZero() {
		t.Errorf("from %v to %v, want the last 7 days", q.From, q.To)
	}
	o.clearFilters()
	q = b.fake.orderQueries[len(b.fake.orderQueries)-1]
	if q.Search != "" || q.Statuses != nil || q.Late || !q.From.IsZero() || o.late.Checked {
		t.Errorf("after clearing the question is %+v", q)
	}
	d := newDisputes(b.env)
	b.show(d)
	if q := b.fake.disputeQueries[0]; !q.OpenOnly || q.Sort != data.DisputeByDue || !q.Ascending {
		t.Errorf("the first question for disputes is %+v", q)
	}
	d.stage.SetSelectedIndex(1 + slices.Index(data.Stages(), data.StageClosed))
	if q := b.fake.disputeQueries[len(b.fake.disputeQueries)-1]; q.OpenOnly || q.Stage != data.StageClosed {
		t.Errorf("asked for closed cases: %+v", q)
	}
}

func TestAnOlderAnswerIsIgnored(t *testing.T) {
	b := newBench(t, words.English)
	o := newOrders(b.env)
	b.show(o)
	b.fake.onOrder = func(id int64) {
		if id == 11 {
			o.detail.show(12) // asked while the answer for 11 is on its way
		}
	}
	o.detail.show(11)
	if got := o.detail.view.Order.ID; got != 12 {
		t.Errorf("the pane shows order %d, want the one that was asked for last", got)
	}
}

func TestUnsavedFeedbackSurvivesAReload(t *testing.T) {
	b := newBench(t, words.English)
	f := newFeedback(b.env)
	b.show(f)
	f.Open(41)
	f.detail.reply.SetText("We are sorry.")
	f.Reload()
	if f.detail.reply.Text != "We are sorry." {
		t.Fatalf("a reload took what was typed: %q", f.detail.reply.Text)
	}
	f.detail.choose(data.Feedback{ID: 42, Stars: 5}, true)
	if len(b.fake.put) != 1 || b.fake.put[0].Reply != "We are sorry." || b.fake.put[0].State != data.FeedbackReplied {
		t.Errorf("stored: %+v", b.fake.put)
	}
}

func TestFold(t *testing.T) {
	if short, long := fold("two\nlines"); long || short != "two\nlines" {
		t.Errorf("a short text became %q", short)
	}
	if short, long := fold("1\n2\n3\n4\n5\n6\n7"); !long || short != "1\n2\n3\n4\n5 …" {
		t.Errorf("seven lines became %q, %v", short, long)
	}
	if short, long := fold(strings.Repeat("长", 400)); !long || len([]rune(short)) != foldRunes+2 {
		t.Errorf("400 characters became %d, %v", len([]rune(short)), long)
	}
}

func TestTimelineHasADayLineForEachDay(t *testing.T) {
	b := newBench(t, words.English)
	entries := timelineEntries(b.fake.orders[11].Timeline, "Asia/Shanghai", fakeNow)
	var days []string
	for _, e := range entries {
		if len(days) == 0 || days[len(days)-1] != e.day {
			days = append(days, e.day)
		}
	}
	if !slices.Equal(days, []string{"1 Nov", "18 Nov"}) || entries[0].clock != "11:30" {
		t.Errorf("days %v, first at %s in Shanghai", days, entries[0].clock)
	}
}

func TestGuessKind(t *testing.T) {
	for name, want := range map[string]data.EvidenceKind{
		"Screenshot 2025.png": data.KindScreenshot, "打包-1.jpg": data.KindPacking, "pod.pdf": data.KindDelivery,
		"tracking.png": data.KindTracking, "IMG_0012.JPG": "", "退款.pdf": data.KindRefund,
	} {
		if got := guessKind(name); got != want {
			t.Errorf("guessKind(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestTodayIDsAreDistinct(t *testing.T) {
	seen := map[int64]bool{}
	for _, kind := range []data.TodayKind{data.TodayDispute, data.TodayShip, data.TodayFeedback, data.TodayTask} {
		for id := int64(1); id < 50; id++ {
			if key := todayID(data.TodayRow{Kind: kind, ID: id}); seen[key] {
				t.Fatalf("%s %d has the id of another row", kind, id)
			} else {
				seen[key] = true
			}
		}
	}
}
