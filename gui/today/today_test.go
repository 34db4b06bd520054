package today

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

func ref(kind data.TodayKind, id int64, platform data.Platform, operator string, due time.Time) data.TodayRef {
	return data.TodayRef{Kind: kind, ID: id, Platform: platform, Operator: operator, Due: due}
}

func TestTodayFilters(t *testing.T) {
	now := time.Date(2025, 11, 20, 10, 0, 0, 0, time.Local)
	refs := []data.TodayRef{
		ref(data.TodayDispute, 1, data.EBay, "", now.Add(-time.Hour)),
		ref(data.TodayShip, 2, data.AliExpress, "", now.Add(30*time.Hour)),
		ref(data.TodayTask, 3, "", "Lin", now.Add(2*time.Hour)),
		ref(data.TodayTask, 4, "", "Wei", time.Time{}),
		ref(data.TodayShip, 5, data.AliExpress, "", now.AddDate(-1, 0, 0)),
		ref(data.TodayTask, 6, "", "Wei", now.AddDate(-1, 0, 0)),
	}
	for name, c := range map[string]struct {
		filter filter
		want   []int64
	}{
		"all":      {filter{}, []int64{1, 2, 3, 4, 6}}, // what is long past stands apart
		"past":     {filter{group: data.UrgencyPast}, []int64{5}},
		"put off":  {filter{putOff: true}, []int64{1, 2, 3, 4, 5, 6}},
		"overdue":  {filter{group: data.UrgencyOverdue}, []int64{1, 6}},
		"no date":  {filter{group: data.UrgencyNone}, []int64{4}},
		"platform": {filter{platform: data.AliExpress}, []int64{2}},
		"mine":     {filter{mine: "Lin"}, []int64{3}},
		"today":    {filter{day: midnight(now)}, []int64{1, 3}},
		"tomorrow": {filter{day: midnight(now).AddDate(0, 0, 1)}, []int64{2}},
		"both":     {filter{platform: data.EBay, group: data.UrgencyLastDay}, nil},
	} {
		var got []int64
		for _, r := range c.filter.refs(refs, now) {
			got = append(got, r.ID)
		}
		if len(got) != len(c.want) || !equalIDs(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
	counts := filter{platform: data.EBay, group: data.UrgencyNone}.counts(refs, now)
	if counts[data.UrgencyOverdue] != 1 || counts[data.UrgencyNone] != 0 {
		t.Errorf("the groups count what the other filters let through: %v", counts)
	}
}

func equalIDs(a, b []int64) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func TestSnoozedUntil(t *testing.T) {
	now := time.Date(2025, 11, 20, 23, 59, 0, 0, time.Local)
	typed := time.Date(2026, 1, 2, 3, 4, 0, 0, time.UTC)
	for choice, want := range map[string]time.Time{
		untilTomorrow: time.Date(2025, 11, 21, 9, 0, 0, 0, time.Local),
		untilDays:     time.Date(2025, 11, 23, 9, 0, 0, 0, time.Local),
		untilTime:     typed,
	} {
		if got := snoozedUntil(choice, now, typed); !got.Equal(want) {
			t.Errorf("%s: got %s, want %s", choice, got, want)
		}
	}
}

func TestPutOffAndBringBack(t *testing.T) {
	b := guitest.New(t, words.English)
	s := New(b.Env, b.Fake)
	b.Show(s)
	b.Shows(t, words.Of("reason", data.ReasonNotReceived))
	s.table.Select(todayID(data.TodayShip, 21))
	b.Press(t, words.T("today.snooze"))
	b.Press(t, words.T("snooze.do"))
	if len(b.Fake.PutOff) != 0 {
		t.Fatal("a row was put off without a reason")
	}
	for _, o := range test.LaidOutObjects(b.Window.Canvas().Overlays().Top()) {
		if e, ok := o.(*kit.Entry); ok && e.PlaceHolder == words.T("snooze.reason.hint") {
			e.SetText("the carrier answers tomorrow")
		}
	}
	b.UI.Save()
	if len(b.Fake.PutOff) != 1 || b.Fake.PutOff[0].Reason != "the carrier answers tomorrow" || !b.Fake.PutOff[0].Until.After(guitest.Now) {
		t.Fatalf("put off: %+v", b.Fake.PutOff)
	}
	b.Shows(t, "snoozed (1)")
	b.Press(t, "snoozed (1)")
	b.Shows(t, "the carrier answers tomorrow (Lin)")
	s.table.Select(rowID(b.Fake.PutOff[0]))
	b.Press(t, words.T("today.back"))
	if len(b.Fake.PutOff) != 0 {
		t.Error("the row was not brought back")
	}
}

func TestDisputeSaysItsRule(t *testing.T) {
	for language, want := range map[string]string{words.English: "The platform states", words.Simplified: "AliExpress"} {
		b := guitest.New(t, language)
		s := New(b.Env, b.Fake)
		b.Show(s)
		s.table.Select(todayID(data.TodayDispute, 21))
		if language == words.English && !strings.Contains(s.why.Text, want) && !strings.Contains(s.why.Text, "By the rule") {
			t.Errorf("the date is explained by: %q", s.why.Text)
		}
		if strings.Contains(s.why.Text, "policy.") {
			t.Errorf("an untranslated key: %q", s.why.Text)
		}
	}
}

// fill types into the sheet that is open: one text for each field, from the top.
func fill(t *testing.T, b *guitest.Bench, texts ...string) {
	t.Helper()
	entries := guitest.Find[*kit.Entry](b)
	if len(entries) < len(texts) {
		t.Fatalf("the sheet has %d fields", len(entries))
	}
	for i, text := range texts {
		entries[i].SetText(text)
	}
	b.UI.Save()
}

// onlyTask is the one task that waits, or is done.
func onlyTask(t *testing.T, d *desk.Desk, done bool) data.Task {
	t.Helper()
	refs, err := d.TodayRefs(t.Context(), 0, false)
	if done && err == nil {
		refs, err = d.DoneTasks(t.Context())
	}
	if err != nil || len(refs) != 1 {
		t.Fatalf("done %v: %v, %v", done, refs, err)
	}
	task, err := d.Task(t.Context(), refs[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return task
}

func TestATaskIsMadeEditedFinishedReopenedAndDeleted(t *testing.T) {
	b, d := guitest.Real(t)
	s := New(b.Env, d)
	b.Show(s)
	b.Press(t, words.T("today.task"))
	b.UI.Save()
	if !b.UI.SheetOpen() {
		t.Fatal("a task without words was taken")
	}
	fill(t, b, "call the carrier", "2026-11-25", "ask for the scan")
	task := onlyTask(t, d, false)
	if day, ok := data.DayOf(task.Due); task.Title != "call the carrier" || task.Note != "ask for the scan" || !ok || day.String() != "2026-11-25" {
		t.Fatalf("made: %+v", task)
	}
	choose := func() {
		s.Reload()
		s.table.Select(todayID(data.TodayTask, task.ID))
	}
	choose()
	b.Press(t, words.T("task.do.edit"))
	fill(t, b, "call the post", "2026-11-26 10:30")
	if task = onlyTask(t, d, false); task.Title != "call the post" || task.Note != "ask for the scan" || !task.Due.Equal(time.Date(2026, 11, 26, 10, 30, 0, 0, time.Local)) {
		t.Fatalf("edited: %+v", task)
	}
	b.Undo()
	if task = onlyTask(t, d, false); task.Title != "call the carrier" {
		t.Fatalf("after undo: %+v", task)
	}
	choose()
	press := func(key fyne.KeyName) {
		s.table.Focus()
		b.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
	}
	press(fyne.KeySpace)
	if task = onlyTask(t, d, true); task.DoneAt.IsZero() {
		t.Fatalf("finished: %+v", task)
	}
	s.Reload()
	b.Press(t, words.T("today.finished", "n", 1))
	choose()
	b.Shows(t, words.T("today.left.done"))
	b.Press(t, words.T("task.do.reopen"))
	if task = onlyTask(t, d, false); !task.DoneAt.IsZero() {
		t.Fatalf("reopened: %+v", task)
	}
	s.filter = filter{}
	choose()
	press(fyne.KeyF2)
	if !b.UI.SheetOpen() {
		t.Fatal("F2 edits nothing")
	}
	fill(t, b, "call again")
	choose()
	press(fyne.KeyDelete)
	if task, err := d.Task(t.Context(), task.ID); err != nil || task.BinnedAt.IsZero() || task.Title != "call again" {
		t.Fatalf("deleted: %+v, %v", task, err)
	}
	b.Undo()
	onlyTask(t, d, false)
}

func TestTheRightButtonOffersWhatCanBeDone(t *testing.T) {
	labels := func(deeds kit.Deeds) (list []string) {
		for _, one := range deeds.Shown() {
			list = append(list, one.Text)
		}
		return list
	}
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for language, want := range map[string]map[string][]string{
		words.English: {
			"dispute":  {"Open", "Snooze…", "New task…"},
			"task":     {"Edit…", "Done", "Snooze…", "Delete"},
			"of order": {"Open", "Edit…", "Done", "Snooze…", "Delete"},
			"done":     {"Edit…", "Reopen", "Delete"},
		},
		words.Simplified:  {"done": {"编辑…", "重新打开", "删除"}},
		words.Traditional: {"done": {"編輯…", "重新開啟", "刪除"}},
	} {
		b := guitest.New(t, language)
		s := New(b.Env, b.Fake)
		rows := map[string]desk.WaitingRow{
			"dispute":  {TodayRow: data.TodayRow{Kind: data.TodayDispute, ID: 21, OrderID: 11}},
			"task":     {TodayRow: data.TodayRow{Kind: data.TodayTask, ID: 1}},
			"of order": {TodayRow: data.TodayRow{Kind: data.TodayTask, ID: 1, OrderID: 11}},
			"done":     {TodayRow: data.TodayRow{Kind: data.TodayTask, ID: 1, DoneAt: now}},
		}
		for name, list := range want {
			if got := labels(s.deeds(rows[name])); !slices.Equal(got, list) {
				t.Errorf("%s %s: %q, want %q", language, name, got, list)
			}
		}
	}
}

func TestCalendarNamesNoBuyer(t *testing.T) {
	words.Set(words.Simplified)
	defer words.Set(words.English)
	got := CalendarTitle(data.TodayRow{Kind: data.TodayDispute, Platform: data.EBay, OrderNumber: "12-1", BuyerName: "Ana Muestra", Text: "where is it"})
	if got != "回应纠纷 · eBay · 12-1" {
		t.Errorf("got %q", got)
	}
}

func TestTodayIDsAreDistinct(t *testing.T) {
	seen := map[int64]bool{}
	for _, kind := range []data.TodayKind{data.TodayDispute, data.TodayShip, data.TodayFeedback, data.TodayTask} {
		for id := int64(1); id < 50; id++ {
			key := todayID(kind, id)
			if seen[key] {
				t.Fatalf("%s %d has the id of another row", kind, id)
			}
			if back := refOf(int32(key)); back.Kind != kind || back.ID != id {
				t.Fatalf("%s %d comes back as %+v", kind, id, back)
			}
			seen[key] = true
		}
	}
}

func TestTheTabSpeaksEachLanguage(t *testing.T) {
	for language, want := range map[string]string{words.English: "ship the order", words.Simplified: "发货", words.Traditional: "出貨"} {
		b := guitest.New(t, language)
		s := New(b.Env, b.Fake)
		b.Show(s)
		s.table.Select(todayID(data.TodayShip, 21))
		b.Shows(t, want)
		b.NoRawKeys(t)
	}
}
