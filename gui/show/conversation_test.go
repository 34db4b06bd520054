package show_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

func conversation(t *testing.T, language string) (*guitest.Bench, *show.Conversation) {
	t.Helper()
	b := guitest.New(t, language)
	c := show.NewConversation(b.Env, b.Fake, "talk")
	b.Window.SetContent(b.UI.Frame(c.Object))
	b.Window.Resize(fyne.NewSize(520, 600))
	return b, c
}

func about11() data.ReplyAbout { return data.ReplyAbout{OrderID: 11} }

func TestAConversationIsReadAsAChat(t *testing.T) {
	local := time.Local
	time.Local = time.FixedZone("Beijing", 8*3600)
	t.Cleanup(func() { time.Local = local })
	b, c := conversation(t, words.English)
	b.Fake.Threads[11] = []data.Message{
		{ID: 1, UID: "m1", Direction: data.ToBuyer, Channel: "aliexpress", Author: "Sample Shop", SentAt: guitest.At(2, 3), Text: "Hola Ana, su pedido ya va"},
		{ID: 2, UID: "m2", Direction: data.FromBuyer, Channel: "whatsapp", Author: "Ana", SentAt: guitest.At(18, 4), Text: "¿Dónde está?", Translation: "Where is it?", Translator: "DeepL", Edited: true},
		{ID: 3, UID: "m3", Direction: data.FromPlatform, SentAt: guitest.At(18, 5), Text: "A case was opened", Precision: data.ToDay},
	}
	b.Fake.Files = map[int64][]data.Evidence{2: {{ID: 31, Name: "broken.png", MIME: "image/png", SHA256: "aa"}}}
	b.Fake.DraftsKept[about11()] = data.ReplyDraft{ReplyAbout: about11(), CopiedAt: guitest.Now, CopiedText: "Hola, lo siento", UpdatedBy: "Lin"}
	c.Show(b.Fake.Orders[11].Order, about11())
	b.Shows(t, "2 Nov", "18 Nov", "Hola Ana, su pedido ya va", "¿Dónde está?", "Where is it?", "translated by DeepL", "↗ broken.png",
		"Ana · WhatsApp · 12:30 (05:30 in Madrid)", "changed by its author later", "hour not known", "copied 16:00 by Lin, not sent", "Hola, lo siento")
	b.NoRawKeys(t)
	b.Shows(t, "Sent by", "WhatsApp")
	b.Press(t, "Sent")
	if len(b.Fake.Sent) != 1 || b.Fake.Sent[0].Text != "Hola, lo siento" || b.Fake.Sent[0].Channel != "whatsapp" {
		t.Errorf("sent: %+v", b.Fake.Sent)
	}
}

func TestALongThreadComesInParts(t *testing.T) {
	b, c := conversation(t, words.English)
	for i := range 2000 {
		b.Fake.Threads[11] = append(b.Fake.Threads[11], data.Message{
			ID: int64(i + 1), UID: fmt.Sprint("m", i), Direction: data.FromBuyer, SentAt: guitest.At(1, 0).Add(time.Duration(i) * time.Minute), Text: fmt.Sprintf("message %04d", i),
		})
	}
	c.Show(b.Fake.Orders[11].Order, about11())
	has := func(text string) bool {
		return slices.ContainsFunc(b.Texts(), func(s string) bool { return strings.Contains(s, text) })
	}
	if !has("message 1999") || has("message 1940") {
		t.Fatal("it does not open at its end, or draws what is not in view")
	}
	b.Shows(t, "The newest 60 of 2,000 messages")
	c.Focus()
	key := func(name fyne.KeyName) { b.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name}) }
	for range 80 {
		key(fyne.KeyPageUp)
	}
	if b.Fake.ThreadParts < 10 {
		t.Errorf("asked for %d parts", b.Fake.ThreadParts)
	}
	key(fyne.KeyHome)
	for range 40 {
		key(fyne.KeyHome)
	}
	if !has("message 0000") || has("message 1999") {
		t.Error("the oldest cannot be reached")
	}
	key(fyne.KeyEnd)
	key(fyne.KeyEnd)
	if !has("message 1999") {
		t.Error("the newest cannot be reached again")
	}
}

func TestWhatCanBeDoneWithAMessage(t *testing.T) {
	b, c := conversation(t, words.English)
	m := data.Message{ID: 2, UID: "m2", Direction: data.FromBuyer, SentAt: guitest.At(18, 4), Text: "¿Dónde está?"}
	b.Fake.Threads[11] = []data.Message{m}
	c.Show(b.Fake.Orders[11].Order, about11())
	do := func(label string) {
		t.Helper()
		for _, item := range c.Deeds(m) {
			if item.Text == label {
				item.Do()
				return
			}
		}
		t.Fatalf("there is no %q", label)
	}
	do("Copy the text")
	if got := fyne.CurrentApp().Clipboard().Content(); got != m.Text {
		t.Errorf("copied %q", got)
	}
	do("Needs no answer")
	if !slices.Equal(b.Fake.Unanswered, []string{"m2"}) {
		t.Errorf("needs no answer: %v", b.Fake.Unanswered)
	}
	do("Complaint…")
	if to, ok := b.Went[len(b.Went)-1].(route.Complaint); !ok || to.Order.ID != 11 || to.Happened != m.Text || to.Dispute != about11().DisputeID {
		t.Errorf("went to %+v", b.Went)
	}
	do("Add a translation…")
	fields := guitest.Find[*kit.Entry](b)
	fields[0].SetText("Where is it?")
	fields[1].SetText("Lin")
	b.UI.Save()
	if !slices.Equal(b.Fake.Translations, []string{"m2 en Lin: Where is it?"}) {
		t.Errorf("translated: %v", b.Fake.Translations)
	}
}

func TestACallIsNotedWithTheAdviceToConfirmIt(t *testing.T) {
	b, c := conversation(t, words.English)
	c.Show(b.Fake.Orders[11].Order, about11())
	b.Press(t, "Record a call")
	why, how := desk.CallAdvice()
	b.Shows(t, why.English, how.English)
	fields := guitest.Find[*kit.Entry](b)
	fields[len(fields)-1].SetText("will wait until Friday")
	b.UI.Save()
	list := b.Fake.Threads[11]
	if len(list) != 1 || list[0].Source != data.SourceCall || list[0].Channel != "phone" || list[0].Text != "will wait until Friday" {
		t.Fatalf("noted: %+v", list)
	}
	if len(b.Went) != 1 {
		t.Error("the reply that confirms it does not open")
	}
}
