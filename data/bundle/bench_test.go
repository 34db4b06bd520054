package bundle

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/pdf"
)

// BenchmarkMessages composes 5,000 messages in mixed scripts, every third with a
// translation.
func BenchmarkMessages(b *testing.B) {
	c, m := richCase(b, "en")
	c.Exhibits, c.Statement = nil, data.Statement{}
	talk := c.Messages
	c.Messages = nil
	for i := range 5000 {
		x := talk[i%len(talk)]
		x.UID, x.SentAt, x.Text = fmt.Sprintf("m%d", i), day(1, 0, 7*i), fmt.Sprintf("%s %d", x.Text, i)
		if i%3 > 0 {
			x.Translation = ""
		}
		c.Messages = append(c.Messages, x)
	}
	for b.Loop() {
		at := composed(b, c, m)
		b.ReportMetric(float64(at.Pages), "pages")
	}
}

// BenchmarkLongMessage composes one message of a million characters without a
// space.
func BenchmarkLongMessage(b *testing.B) {
	c, m := sampleCase(b, "en")
	c.Exhibits, c.Messages = nil, []data.Message{{Direction: data.FromBuyer, SentAt: day(1, 0, 0), Text: strings.Repeat("包", 1_000_000)}}
	for b.Loop() {
		composed(b, c, m)
	}
}

// BenchmarkPreview composes the sample case for the screen.
func BenchmarkPreview(b *testing.B) {
	c, m := richCase(b, "zh-CN")
	for b.Loop() {
		if _, err := Preview(b.Context(), c, m, io.Discard, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func composed(b *testing.B, c Case, m Opener) pageMap {
	b.Helper()
	e, err := newEnv(context.Background(), &c, m, Options{Annex: pdf.AnnexOptions{}})
	if err != nil {
		b.Fatal(err)
	}
	at, err := composePart(b.Context(), io.Discard, e, e.whole())
	if err != nil {
		b.Fatal(err)
	}
	return at
}
