package main

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // the sample's photos
	_ "image/png"  // its copies, and what was on a screen
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// openCase opens the first dispute of the list.
func (w *window) openCase() error {
	if _, err := w.openTab("disputes"); err != nil {
		return err
	}
	if err := w.click("disputes.row.0"); err != nil {
		return err
	}
	_, err := w.trace.waitControl(w.t.ctx, 30*time.Second, "dispute.bundle", w.alive)
	return err
}

// copies counts the copies with marks.
const copies = "SELECT count(*) FROM evidence WHERE copy_of <> '' AND binned_at IS NULL"

// redact draws a box on a picture of a case, burns it into a copy, and looks at
// the copy's pixels in the desk's folder.
func (w *window) redact(h *hands) error {
	if err := w.openCase(); err != nil {
		return err
	}
	before, err := w.asked(h, copies)
	if err != nil {
		return err
	}
	if err := w.click("case.part.proof"); err != nil {
		return err
	}
	mark, err := w.seen("proof.", ".mark", "proof.list")
	if err != nil {
		return err
	}
	if err := w.click(mark); err != nil {
		return err
	}
	if err := w.standsStill("redact.canvas"); err != nil {
		return err
	}
	on := w.trace.controls["redact.canvas"]
	middle := image.Pt(int(on.X+on.W/2), int(on.Y+on.H/2))
	if err := w.drag(middle.Sub(image.Pt(40, 30)), middle.Add(image.Pt(40, 30))); err != nil {
		return err
	}
	if err := w.click("redact.do"); err != nil {
		return err
	}
	if _, err := w.wait(time.Minute, "the copy to be made", func(e event) bool { return e.Event == "closed" && e.Name == "redact" }); err != nil {
		return err // a sheet that is still open takes the next click
	}
	if err := w.becomes(h, "SELECT ("+copies+") - "+before, "1"); err != nil {
		return err
	}
	return w.blackInTheMiddle(h)
}

// blackInTheMiddle reads the newest copy and its original from the desk's folder:
// the box covers the middle of the one, and not of the other.
func (w *window) blackInTheMiddle(h *hands) error {
	const newest = "FROM evidence c JOIN evidence o ON o.uid = c.copy_of ORDER BY c.id DESC LIMIT 1"
	for of, black := range map[string]bool{"c": true, "o": false} {
		sum, err := w.asked(h, "SELECT "+of+".sha256 "+newest)
		if err != nil {
			return err
		}
		if len(sum) < 3 {
			return fmt.Errorf("the copy's sum is %q", sum)
		}
		raw, err := os.ReadFile(filepath.Join(h.desk, "vault", sum[:2], sum[2:]))
		if err != nil {
			return fmt.Errorf("reading a picture of the desk: %w", err)
		}
		img, _, err := image.Decode(bytes.NewReader(raw))
		if err != nil {
			return fmt.Errorf("decoding a picture of the desk: %w", err)
		}
		size := img.Bounds()
		at := color.NRGBAModel.Convert(img.At((size.Min.X+size.Max.X)/2, (size.Min.Y+size.Max.Y)/2)).(color.NRGBA)
		if isBlack := at.R < 12 && at.G < 12 && at.B < 12; isBlack != black {
			return fmt.Errorf("the middle of the picture %s is %v; black is %v wanted", of, at, black)
		}
	}
	return nil
}

// seen scrolls a list until the first control whose name begins and ends so is
// in view, and names it.
func (w *window) seen(prefix, suffix, list string) (string, error) {
	if err := w.standsStill(list); err != nil {
		return "", err
	}
	room := w.trace.controls[list]
	if err := w.hand("mousemove", "--sync", pixels(room.X+room.W/2), pixels(room.Y+room.H/2)); err != nil {
		return "", err
	}
	deadline := time.Now().Add(30 * time.Second)
	for time.Now().Before(deadline) {
		if err := w.trace.read(); err != nil {
			return "", err
		}
		for _, e := range w.trace.withPrefix(prefix) {
			if !strings.HasSuffix(e.ID, suffix) {
				continue
			}
			if e.Y >= room.Y && e.Y+e.H <= room.Y+room.H {
				return e.ID, nil
			}
			break
		}
		if err := w.hand("click", "--repeat", "4", "5"); err != nil {
			return "", err
		}
		if err := w.rest(); err != nil {
			return "", err
		}
	}
	return "", fmt.Errorf("no control %s…%s comes into view of %s; the window last said:\n%s", prefix, suffix, list, w.trace.tail(8))
}

// rest waits a moment for the window to follow.
func (w *window) rest() error {
	select {
	case <-w.t.ctx.Done():
		return w.t.ctx.Err()
	case <-time.After(2 * poll):
		return w.alive()
	}
}

// drag draws with the left button down, in a few steps as a hand does.
func (w *window) drag(from, to image.Point) error {
	at := func(p image.Point) []string {
		return []string{"mousemove", "--sync", strconv.Itoa(p.X), strconv.Itoa(p.Y)}
	}
	for _, step := range [][]string{
		at(from), {"mousedown", "1"}, at(from.Add(to).Div(2)), at(to.Sub(image.Pt(1, 1))), at(to), {"mouseup", "1"},
	} {
		if err := w.hand(step...); err != nil {
			return fmt.Errorf("drawing: %w", err)
		}
		if err := w.rest(); err != nil {
			return err
		}
	}
	return nil
}

// draft waits until the draft of a template stands on the screen; "" is any.
func (w *window) draft(template string) (event, error) {
	return w.wait(30*time.Second, "a draft", func(e event) bool { return e.Event == "draft" && (template == "" || e.Name == template) })
}

// filled is what the journey writes where a draft wants what no order tells.
const filled = "solid-oak"

// reply writes a reply to a dispute: the window offers what fits, a person takes
// another template by the keys, fills what is missing, copies, and says that it
// is sent: only then it stands in the timeline, as it was on the clipboard.
func (w *window) reply(h *hands) error {
	const messages = "SELECT count(*) FROM message WHERE direction = 'out'"
	if err := w.openCase(); err != nil {
		return err
	}
	before, err := w.asked(h, messages)
	if err != nil {
		return err
	}
	if err := w.fillReply(); err != nil {
		return err
	}
	if err := w.click("replies.copy"); err != nil {
		return err
	}
	if err := w.becomes(h, "SELECT (SELECT count(*) FROM draft WHERE copied_at IS NOT NULL) || ' ' || (("+messages+") - "+before+")", "1 0"); err != nil {
		return err // copied is not sent
	}
	copied, err := w.asked(h, "SELECT copied_text FROM draft WHERE copied_at IS NOT NULL")
	if err != nil {
		return err
	}
	if err := w.copied(copied); err != nil {
		return err
	}
	if err := w.hand("key", "F9"); err != nil {
		return err
	}
	if err := w.becomes(h, "SELECT ("+messages+") - "+before, "1"); err != nil {
		return err
	}
	kept, err := w.asked(h, "SELECT text FROM message WHERE direction = 'out' ORDER BY id DESC LIMIT 1")
	if err == nil && kept != copied {
		err = fmt.Errorf("the record holds %q, the clipboard held %q", kept, copied)
	}
	return err
}

// fillReply takes a template by the keys and fills what no order tells.
func (w *window) fillReply() error {
	draft := func(template string) func() error {
		return func() error {
			_, err := w.draft(template)
			return err
		}
	}
	click := func(control string) func() error { return func() error { return w.click(control) } }
	keys := func(keys ...string) func() error { return func() error { return w.hand(keys...) } }
	for _, step := range []func() error{
		click("dispute.reply"), draft(""), click("replies.all"), keys("type", "Answer to a question before"), keys("key", "Return"),
		draft("pre_sale_answer"), click("replies.field.answer.text"), keys("type", "--delay", "60", filled), draft("pre_sale_answer"),
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// copied looks whether the clipboard holds the reply that was kept, filled in.
func (w *window) copied(kept string) error {
	clip := w.t.command([]string{"xclip", "-selection", "clipboard", "-out"}, []string{"DISPLAY=" + w.display.name})
	copied, err := clip.Output()
	if got := strings.TrimSpace(string(copied)); err != nil || got != strings.TrimSpace(kept) || !strings.Contains(got, filled) {
		return errors.Join(err, fmt.Errorf("the clipboard holds %q, the timeline %q", copied, kept))
	}
	return nil
}

// startAgain starts the program once more on the same desk: it ends at once, and the
// window that is open comes forward.
func (w *window) startAgain(*hands) error {
	second := w.t.command(w.cmd.Args, append(slices.Clone(w.cmd.Env), "CASEBINDER_TRACE="))
	if said, err := second.CombinedOutput(); err != nil {
		return fmt.Errorf("the second start: %w: %s", err, said)
	}
	_, err := w.wait(10*time.Second, "the window to come forward", func(e event) bool { return e.Event == "forward" })
	return err
}
