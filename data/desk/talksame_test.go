package desk_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebinder/data/desk"
)

// Two buyers may write the same words in the same minute; their mails have names
// of their own, and the same mailbox taken again has nothing new.
func TestMailsAlikeAreNotOne(t *testing.T) {
	d, ctx := open(t), t.Context()
	var box strings.Builder
	for _, who := range []string{"ana", "bob"} {
		fmt.Fprintf(&box, "From %[1]s@example.com Mon Nov 30 07:00:00 2026\nFrom: %[1]s@example.com\nTo: shop@example.com\n"+
			"Date: Mon, 30 Nov 2026 07:00:00 +0000\nMessage-ID: <%[1]s@example.com>\n\nWhere is it?\n\n", who)
	}
	path := filepath.Join(t.TempDir(), "in.mbox")
	must(t, os.WriteFile(path, []byte(box.String()), 0o600))
	for _, want := range []desk.TalkReport{{Added: 2}, {Known: 2}} {
		talk, err := d.PreviewTalk(ctx, desk.TalkRequest{Path: path, Zone: "UTC"}, nil)
		must(t, err)
		got, err := d.TakeTalk(ctx, talk, nil)
		must(t, err)
		if got.Added != want.Added || got.Known != want.Known {
			t.Errorf("added %d, known %d; want %d, %d", got.Added, got.Known, want.Added, want.Known)
		}
	}
}
