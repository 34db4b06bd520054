package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"image/jpeg"
	"io"
	"os"
	"strconv"
	"time"

	"casebinder/data"
	"casebinder/data/bundle"
	"casebinder/data/bundle/fit"
	"casebinder/data/desk"
	"casebinder/data/pages"
	"casebinder/data/sample"
)

// talk is what people write, in the scripts that a bundle has to show.
var talk = []string{
	"Where is my parcel? The tracking has not moved since 12 November.", "您好，包裹已于11月12日发出，单号 LX204661337CN，请耐心等待。",
	"您好，包裹已於11月12日寄出，單號 LX204661337CN。", "Здравствуйте, посылка 12345 ещё не пришла.", "Γεια σας, πού είναι το δέμα μου;",
	"مرحبا، لم يصل الطلب رقم 12345 حتى الآن.", "שלום, החבילה 12345 עדיין לא הגיעה.", "สวัสดีค่ะ พัสดุยังไม่ถึง 12345", "안녕하세요, 택배 12345가 아직 오지 않았어요.",
	"荷物 12345 がまだ届いていません。", "Hola, ¿cuándo llega mi pedido? 📦🙏",
}

// benchCase is a case without messages and exhibits.
func benchCase() bundle.Case {
	shop := data.Shop{Platform: data.AliExpress, Name: "Bench", Zone: "Asia/Shanghai", Currency: "USD"}
	return bundle.Case{
		Language: "en", Generated: made, Program: "Casebinder bench", Version: 1, BuyerZone: "Europe/Madrid",
		Order:   data.Order{Shop: shop, Number: "8100000000000001", Buyer: data.Buyer{Name: "Sample Buyer"}, OrderedAt: made},
		Dispute: data.Dispute{UID: "bench", Reason: data.ReasonNotReceived, OpenedAt: made},
	}
}

// bindTalk exports a case of n messages.
func bindTalk(ctx context.Context, n int, dir string) error {
	c := benchCase()
	for i := range n {
		m := data.Message{
			UID: fmt.Sprintf("m%d", i), SentAt: made.Add(time.Duration(i) * 11 * time.Minute), Direction: data.FromBuyer, Channel: "chat",
			Text: fmt.Sprintf("%s (%d)", talk[i%len(talk)], i),
		}
		if i%2 == 1 {
			m.Direction = data.ToBuyer
		}
		if i%3 == 0 {
			m.Translation, m.TransLang, m.Translator = talk[0], "en", "machine"
		}
		c.Messages = append(c.Messages, m)
	}
	return export(ctx, c, memory{}, dir)
}

func export(ctx context.Context, c bundle.Case, open bundle.Opener, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	_, err := bundle.Export(ctx, c, open, dir, bundle.Options{})
	return err
}

// memory gives photos that differ in a comment alone, made when they are asked
// for.
type memory struct {
	photo []byte
	bySum map[string]int
}

func (m memory) content(i int) []byte { return withComment(m.photo, fmt.Sprintf("photo %d", i)) }

func (m memory) OpenOriginal(_ context.Context, sum string) (io.ReadSeekCloser, int64, error) {
	i, known := m.bySum[sum]
	if !known {
		return nil, 0, fmt.Errorf("no photo has the sum %s", sum)
	}
	content := m.content(i)
	return nopCloser{bytes.NewReader(content)}, int64(len(content)), nil
}

type nopCloser struct{ *bytes.Reader }

func (nopCloser) Close() error { return nil }

// bindExhibits exports a case of n photos.
func bindExhibits(ctx context.Context, n int, dir string) error {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, scene(1).SubImage(scene(1).Rect), &jpeg.Options{Quality: 20}); err != nil {
		return err
	}
	c, open := benchCase(), memory{b.Bytes(), map[string]int{}}
	for i := range n {
		content := open.content(i)
		sum := sha256.Sum256(content)
		key := hex.EncodeToString(sum[:])
		open.bySum[key] = i
		c.Exhibits = append(c.Exhibits, bundle.Exhibit{Evidence: data.Evidence{
			UID: fmt.Sprintf("e%d", i), SHA256: key, Size: int64(len(content)), MIME: "image/jpeg", Name: fmt.Sprintf("photo-%04d.jpg", i),
			Kind: data.KindPhoto, CapturedAt: made, Captured: data.CapturedExif, AddedAt: made, AddedBy: "Bench",
		}, Proves: "The goods as they were packed."})
	}
	return export(ctx, c, open, dir)
}

// timed prints a time in seconds for the other side.
func timed(took time.Duration) error {
	return json.NewEncoder(os.Stdout).Encode(map[string]float64{"Seconds": took.Seconds()})
}

// planExhibits times the plan of n exhibits for each form, and tells the longest.
func planExhibits(_ context.Context, args []string) error {
	if err := paths(args, 1); err != nil {
		return err
	}
	n, err := strconv.Atoi(args[0])
	if err != nil || n < 1 {
		return fmt.Errorf("%q is no number above zero", args[0])
	}
	profiles, err := fit.Profiles()
	if err != nil {
		return err
	}
	var longest time.Duration
	for _, p := range profiles {
		items := planItems(n, len(p.Steps()))
		began := time.Now()
		fit.Make(p, items, fit.Extra{})
		longest = max(longest, time.Since(began))
	}
	return timed(longest)
}

// planItems are n photos with their sizes at each step.
func planItems(n, steps int) []fit.Item {
	items := make([]fit.Item, n)
	for i := range items {
		items[i] = fit.Item{
			ID: "exhibit:" + strconv.Itoa(i+1), Section: data.SectionGoods, Kind: data.KindPhoto, Exhibit: i + 1, Media: fit.MediaPhoto,
			Cited: i%3 == 0, Ending: "jpg", Bytes: 30_000,
		}
		for step := range steps {
			items[i].Sizes = append(items[i].Sizes, fit.Size{Bytes: int64(30_000 / (step + 1)), Pages: 1})
		}
	}
	return items
}

// previewDesk times the first page of the preview of a desk's first dispute,
// when what draws it was started before, as the screen does.
func previewDesk(ctx context.Context, args []string) (err error) {
	if err := paths(args, 1); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	d, err := desk.Open(ctx, args[0], desk.Options{Operator: "Bench", Version: "bench", Pages: []string{self, pagesWord}})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	rows, err := d.DisputeFirst(ctx, data.DisputeQuery{}, 100)
	if err != nil {
		return err
	}
	var most data.DisputeRow
	for _, r := range rows {
		if r.Evidence >= most.Evidence {
			most = r
		}
	}
	if err := d.WarmPreview(ctx); err != nil {
		return err
	}
	var took time.Duration
	for range 2 { // the first time makes the small pictures, which are kept
		began := time.Now()
		p, err := d.Preview(ctx, desk.BundleRequest{DisputeID: most.ID})
		if err != nil {
			return err
		}
		_, err = p.Picture(ctx, 1, 800)
		took = time.Since(began)
		if err = errors.Join(err, p.Close()); err != nil {
			return err
		}
	}
	return timed(took)
}

// sampleDesk fills a new desk with the sample.
func sampleDesk(ctx context.Context, args []string) error {
	if err := paths(args, 1); err != nil {
		return err
	}
	d, err := desk.Open(ctx, args[0], desk.Options{Operator: "Bench", Version: "bench"})
	if err != nil {
		return err
	}
	return errors.Join(d.FillSample(ctx, sample.English, nil), d.Close())
}

// pagesWord is the hidden word with which this program starts itself to draw
// pages.
const pagesWord = "__pages"

func drawPages(_ context.Context, args []string) error {
	os.Exit(pages.Main(args))
	return nil
}
