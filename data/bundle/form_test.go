package bundle

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/bundle/fit"
	"casebinder/data/pages"
	"casebinder/data/pdf"
	"casebinder/data/policy"
)

// formOf gives a profile with the figures of its built-in pack.
func formOf(t testing.TB, id string) *fit.Profile {
	t.Helper()
	p, err := fit.Find(id)
	if err != nil {
		t.Fatal(err)
	}
	packs, err := policy.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	if i := slices.IndexFunc(packs, func(k *policy.Pack) bool { return k.ID == p.Pack }); i >= 0 {
		var types []string
		limits := map[string]fit.Limit{}
		for _, u := range packs[i].Uploads {
			if u.ID == policy.UploadTypes {
				types = u.Types
			}
			limits[u.ID] = fit.Limit{Value: u.Value, Origin: u.Origin.Origin}
		}
		p = p.With(types, limits)
	}
	return &p
}

// noise is a photo that hardly shrinks.
func noise(w, h int, seed uint64) []byte {
	rng := rand.New(rand.NewPCG(seed, 3))
	img := image.NewGray(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = uint8(90 + rng.IntN(90))
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 88}); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// withPhotos adds photos of the goods to a case.
func withPhotos(c Case, m memory, n, w, h int) Case {
	for i := range n {
		e := m.add(fmt.Sprintf("IMG_%d.jpg", 5000+i), "image/jpeg", data.KindPhoto, noise(w, h, uint64(i)))
		e.UID = fmt.Sprintf("n%d", i)
		c.Exhibits = append(c.Exhibits, Exhibit{Evidence: e, Title: fmt.Sprintf("Goods, side %d", i+1)})
	}
	return c
}

// formFilesOf exports a case for a form and checks what is there with other programs.
func formFilesOf(t *testing.T, c Case, m Opener, p *fit.Profile, v *pages.Viewer) Result {
	t.Helper()
	res, err := Export(t.Context(), c, m, t.TempDir(), Options{Profile: p, Viewer: v, CacheDir: t.TempDir()})
	if err != nil {
		t.Fatalf("%s: %v", p.ID, err)
	}
	if p.Form == fit.FormBundle {
		return res
	}
	checkForms(t, res, p)
	return res
}

// checkForms measures the files on the disk against the form.
func checkForms(t *testing.T, res Result, p *fit.Profile) {
	t.Helper()
	made := res.Form
	if !made.Plan.Fits || made.Plan.Estimate || len(made.Files) == 0 || len(made.Files) != len(made.Plan.Files) {
		t.Fatalf("%s: %+v", p.ID, made.Plan)
	}
	want := []string{readFirstName, formListName}
	if p.Fields != "" {
		want = append(want, fieldsName)
	}
	total, next, exhibits := int64(0), 1, map[int]bool{}
	for i, f := range made.Files {
		want = append(want, f.Name)
		path := filepath.Join(made.Dir, f.Name)
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(raw)
		if int64(len(raw)) != f.Size || hex.EncodeToString(sum[:]) != f.SHA256 || f.Size != made.Plan.Files[i].Bytes {
			t.Errorf("%s: %s is not as it is listed", p.ID, f.Name)
		}
		total += f.Size
		if most := p.Max(fit.LimitFileBytes); most > 0 && f.Size > most && !strings.HasSuffix(f.Name, ".mp4") {
			t.Errorf("%s: %s has %d of %d bytes", p.ID, f.Name, f.Size, most)
		}
		if most := p.Max(fit.LimitNameChars); most > 0 && int64(len(f.Name)) > most || p.ASCIINames && strings.Trim(f.Name, "abcdefghijklmnopqrstuvwxyz0123456789.") != "" {
			t.Errorf("%s: the name %s", p.ID, f.Name)
		}
		if !p.Takes(strings.TrimPrefix(filepath.Ext(f.Name), ".")) {
			t.Errorf("%s takes no %s", p.ID, f.Name)
		}
		for _, n := range f.Exhibits {
			exhibits[n] = true
		}
		if f.Pages > 0 && f.First != next {
			t.Errorf("%s: %s begins at page %d, not %d", p.ID, f.Name, f.First, next)
		}
		next += f.Pages
		checkFormFile(t, path, f)
	}
	for _, x := range res.Exhibits {
		if !exhibits[x.Number] {
			t.Errorf("%s: exhibit %d is in no file", p.ID, x.Number)
		}
	}
	for limit, is := range map[string]int64{fit.LimitFiles: int64(len(made.Files)), fit.LimitTotalBytes: total, fit.LimitPages: int64(next - 1)} {
		if most := p.Max(limit); most > 0 && is > most {
			t.Errorf("%s: %s is %d of %d", p.ID, limit, is, most)
		}
	}
	slices.Sort(want)
	if got := entries(t, made.Dir); !slices.Equal(got, want) {
		t.Errorf("%s: the folder has %v, want %v", p.ID, got, want)
	}
	list, err := os.ReadFile(filepath.Join(made.Dir, formListName))
	if err != nil {
		t.Fatal(err)
	}
	if inside := run(t, ".", "unzip", "-p", res.ZIP, res.Name+"/data/"+formListName); inside != string(list) {
		t.Errorf("%s: the bag has another list", p.ID)
	}
	for _, f := range append(slices.Clone(made.Files), made.Texts...) {
		if f.Name != formListName && !strings.Contains(string(list), f.SHA256) {
			t.Errorf("%s: %s is not listed", p.ID, f.Name)
		}
	}
	checkPageNumbers(t, made, next-1)
}

// checkFormFile opens a file with other programs.
func checkFormFile(t *testing.T, path string, f FormFile) {
	t.Helper()
	switch filepath.Ext(f.Name) {
	case ".pdf":
		run(t, ".", "qpdf", "--check", path)
		if info := run(t, ".", "pdfinfo", path); !regexp.MustCompile(`(?m)^Pages: +` + itoa(f.Pages) + `$`).MatchString(info) {
			t.Errorf("%s should have %d pages:\n%s", f.Name, f.Pages, info)
		}
	case ".jpg", ".png":
		kind := map[string]string{".jpg": "JPEG", ".png": "PNG"}[filepath.Ext(f.Name)]
		if info := run(t, ".", "identify", path); !strings.Contains(info, " "+kind+" ") {
			t.Errorf("%s: %s", f.Name, info)
		}
	}
}

// checkPageNumbers reads the page numbers that are printed.
func checkPageNumbers(t *testing.T, made FormResult, total int) {
	t.Helper()
	for _, f := range made.Files {
		if filepath.Ext(f.Name) != ".pdf" {
			continue
		}
		texts := strings.Split(pageText(t, filepath.Join(made.Dir, f.Name), 1, f.Pages), "\f")
		for n := range f.Pages {
			if want := fmt.Sprintf("Page %d of %d", f.First+n, total); !strings.Contains(texts[n], want) {
				t.Errorf("%s: its page %d does not say %q", f.Name, n+1, want)
			}
		}
	}
}

func TestFormsOfEveryProfile(t *testing.T) {
	all, err := fit.Profiles()
	if err != nil {
		t.Fatal(err)
	}
	v := viewer(t)
	for _, p := range all {
		if testing.Short() && p.ID != "stripe" && p.ID != "shopee" {
			continue // the race detector's run: each form goes the same ways
		}
		c, m := richCase(t, "en")
		c.Messages = c.Messages[:12]
		c.Statement.Claims = c.Statement.Claims[:4]
		res := formFilesOf(t, c, m, formOf(t, p.ID), v)
		switch p.ID {
		case fit.Plain:
			if res.Form.Dir != "" {
				t.Errorf("plain made %s", res.Form.Dir)
			}
		case "ebay-payment-dispute":
			if f := res.Form.Files[0]; !strings.HasPrefix(f.Name, "1-statement.") || !slices.Contains([]string{".jpg", ".png"}, filepath.Ext(f.Name)) {
				t.Errorf("the first picture is %s", f.Name)
			}
		case "shopee":
			checkLoose(t, res)
		}
	}
}

// checkLoose sees that photos and films are the originals.
func checkLoose(t *testing.T, res Result) {
	t.Helper()
	for _, f := range res.Form.Files {
		if f.Pages == 0 && (len(f.Originals) != 1 || f.Originals[0] != f.SHA256) && !strings.HasPrefix(f.Name, "3") {
			x := res.Exhibits[f.Exhibits[0]-1].Exhibit
			if x.MIME == "image/jpeg" || x.MIME == "image/png" || x.MIME == "video/mp4" {
				t.Errorf("%s is not its original %s", f.Name, x.Name)
			}
		}
	}
}

// Eight photos of some 900 kB are over 7 MB: the forms with less room take smaller
// copies, and say so.
func TestFormsStepDown(t *testing.T) {
	nothingAtOnce(t)
	v := viewer(t)
	c, m := sampleCase(t, "en")
	c = withPhotos(c, m, 8, 1500, 1100)
	for _, id := range []string{"stripe", "mastercard", "paypal"} {
		res := formFilesOf(t, c, m, formOf(t, id), v)
		plan := res.Form.Plan
		if smaller := slices.ContainsFunc(plan.Why, func(r fit.Reason) bool { return strings.HasPrefix(r.Code, "step.no.") }); smaller != (id != "paypal") {
			t.Errorf("%s: step %d, %v", id, plan.Step, plan.Why)
		}
	}
}

// No photo on a page has more than the 300 dots an inch that the form takes,
// large or small, alone or with others.
func TestFormsKeepTheResolution(t *testing.T) {
	nothingAtOnce(t)
	c, m := sampleCase(t, "en")
	for i, size := range [][2]int{{4000, 3000}, {3000, 4000}, {6000, 700}, {300, 200}} {
		e := m.add(fmt.Sprintf("IMG_%d.jpg", i), "image/jpeg", data.KindPhoto, jpegOf(size[0], size[1]))
		c.Exhibits = append(c.Exhibits, Exhibit{Evidence: e})
	}
	v := viewer(t)
	for _, pages := range []int64{100, 14} {
		p, err := fit.Find("mastercard")
		if err != nil {
			t.Fatal(err)
		}
		limit := func(n int64) fit.Limit {
			return fit.Limit{Value: n, Origin: data.Origin{Source: "test", Confidence: data.Confirmed}}
		}
		p = p.With([]string{"pdf"}, map[string]fit.Limit{fit.LimitDPI: limit(300), fit.LimitPages: limit(pages), fit.LimitPixels: limit(30_000_000)})
		res := formFilesOf(t, c, m, &p, v)
		list := strings.Split(strings.TrimSpace(run(t, ".", "pdfimages", "-list", filepath.Join(res.Form.Dir, res.Form.Files[0].Name))), "\n")[2:]
		if len(list) < 4 {
			t.Fatalf("%d pictures", len(list))
		}
		for _, line := range list {
			f := strings.Fields(line)
			if x, err := strconv.Atoi(f[12]); err != nil || x > 301 {
				t.Errorf("with %d pages: %v dots an inch: %s", pages, x, line)
			}
		}
	}
}

// A document of eight large pages goes over several files, none of its pages
// twice and none lost.
func TestFormsSplitADocument(t *testing.T) {
	nothingAtOnce(t)
	var b bytes.Buffer
	fonts := pdf.NotoFonts(assets.FS)
	doc := pdf.New(&b, pdf.Options{Title: "Scan", Created: day(1, 0, 0), Fonts: fonts})
	for i := range 8 {
		img, err := doc.AddImage(bytes.NewReader(noise(700, 900, uint64(i))))
		if err != nil {
			t.Fatal(err)
		}
		doc.AddPage().DrawImage(img, 10*pdf.MM, 10*pdf.MM, 180*pdf.MM, 240*pdf.MM)
	}
	if err := doc.Close(); err != nil {
		t.Fatal(err)
	}
	c, m := sampleCase(t, "en")
	e := m.add("scan.pdf", "application/pdf", data.KindQC, b.Bytes())
	c.Exhibits = append(c.Exhibits, Exhibit{Evidence: e, Title: "Scanned report"})
	p, err := fit.Find("paypal")
	if err != nil {
		t.Fatal(err)
	}
	p = p.With([]string{"pdf"}, map[string]fit.Limit{fit.LimitFileBytes: {Value: 1_000_000, Origin: data.Origin{Source: "test", Confidence: data.Confirmed}}})
	res := formFilesOf(t, c, m, &p, viewer(t))
	if len(res.Form.Files) < 2 {
		t.Fatalf("%d files", len(res.Form.Files))
	}
	seen := map[string]int{}
	for _, f := range res.Form.Files {
		for _, own := range regexp.MustCompile(`scan\.pdf · page (\d+) of 8`).FindAllStringSubmatch(pageText(t, filepath.Join(res.Form.Dir, f.Name), 1, f.Pages), -1) {
			seen[own[1]]++
		}
	}
	for n := 1; n <= 8; n++ {
		if seen[itoa(n)] != 1 {
			t.Errorf("page %d of the document stands in the files %d times", n, seen[itoa(n)])
		}
	}
}

func TestFormsRefuse(t *testing.T) {
	v := viewer(t)
	c, m := sampleCase(t, "en")
	c = withPhotos(c, m, 16, 500, 400)
	p, err := fit.Find("stripe")
	if err != nil {
		t.Fatal(err)
	}
	p = p.With(nil, map[string]fit.Limit{fit.LimitTotalBytes: {Value: 300_000, Origin: data.Origin{Source: "test", Confidence: data.Confirmed}}})
	dir := t.TempDir()
	_, err = Export(t.Context(), c, m, dir, Options{Profile: &p, Viewer: v})
	known, ok := data.AsProblem(err)
	if !ok || known.Kind != ProblemFit || !errors.Is(err, data.ErrLimit) {
		t.Fatalf("%v", err)
	}
	if !strings.Contains(known.What(), "/ 300 kB") || !strings.Contains(known.Do(), "Leave out the ") {
		t.Errorf("%s %s", known.What(), known.Do())
	}
	var plan *PlanError
	if !errors.As(err, &plan) || len(plan.Plan.Findings) == 0 || len(plan.Plan.Ways) == 0 {
		t.Errorf("%+v", plan)
	}
	if left := entries(t, dir); len(left) > 0 {
		t.Errorf("it left %v", left)
	}
	// A statement of more than a thousand characters.
	c, m = richCase(t, "en")
	c.Statement.Claims[0].Text = strings.Repeat("The parcel was delivered. ", 45)
	_, err = Export(t.Context(), c, m, dir, Options{Profile: formOf(t, "ebay-payment-dispute"), Viewer: v})
	if known, ok := data.AsProblem(err); !ok || known.Kind != ProblemFit || !strings.Contains(known.Do(), "Shorten the field note by") {
		t.Errorf("%v", err)
	}
	if left := entries(t, dir); len(left) > 0 {
		t.Errorf("it left %v", left)
	}
}

// The text for a form says on which page the files show what it cites, and the
// form's fields which file to upload. A text that has no room for the pages does
// without them.
func TestTextsPointIntoTheFiles(t *testing.T) {
	nothingAtOnce(t)
	v := viewer(t)
	c, m := richCase(t, "en")
	c.Messages = c.Messages[:12]
	c.Statement.Claims = []data.Claim{{Text: "It was delivered.", Cites: []data.Cite{{Evidence: c.Exhibits[0].UID}, {Part: data.SectionOrder}, {Message: c.Messages[0].UID}}}}
	for _, id := range []string{"stripe", "paypal"} {
		res := formFilesOf(t, c, m, formOf(t, id), v)
		text := textOf(t, res, fieldsName)
		cited := regexp.MustCompile(`\((Exhibit \d+), page (\d+); (Order and payment), page (\d+); (Message of [^,]+), page (\d+)\)`).FindStringSubmatch(text)
		if cited == nil {
			t.Fatalf("%s cites no pages:\n%s", id, text)
		}
		for i := 1; i < len(cited); i += 2 {
			page, err := strconv.Atoi(cited[i+1])
			if err != nil {
				t.Fatal(err)
			}
			want := cited[i]
			if i == 5 {
				want = c.Messages[0].Text[:10]
			}
			if got := formPage(t, res, page); !strings.Contains(got, want) {
				t.Errorf("%s: page %d does not show %s:\n%s", id, page, want, got)
			}
		}
		if id == "paypal" && !regexp.MustCompile(`\n`+regexp.QuoteMeta(res.Form.Files[0].Name)+` - Exhibit 1: `).MatchString(text) {
			t.Errorf("no field names its file:\n%s", text)
		}
	}
	p := formOf(t, "ebay-payment-dispute")
	c.Statement.Claims[0].Text = strings.Repeat("It came. ", 103)
	res := formFilesOf(t, c, m, p, v)
	if text := textOf(t, res, fieldsName); !strings.Contains(text, "Order and payment;") || strings.Contains(text, ", page ") {
		t.Errorf("%s", text)
	}
}

// textOf reads a text beside the files for a form.
func textOf(t *testing.T, res Result, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(res.Form.Dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(raw), "\r\n", "\n")
}

// formPage is the text of the page with a running number.
func formPage(t *testing.T, res Result, page int) string {
	t.Helper()
	for _, f := range res.Form.Files {
		if page >= f.First && page < f.First+f.Pages {
			n := page - f.First + 1
			return pageText(t, filepath.Join(res.Form.Dir, f.Name), n, n)
		}
	}
	t.Fatalf("no file has page %d", page)
	return ""
}

func TestFormsAreTheSameTwice(t *testing.T) {
	nothingAtOnce(t)
	v := viewer(t)
	var first map[string]string
	for range 2 {
		c, m := sampleCase(t, "zh-CN")
		res, err := Export(t.Context(), c, m, t.TempDir(), Options{Profile: formOf(t, "ebay-payment-dispute"), Viewer: v})
		if err != nil {
			t.Fatal(err)
		}
		sums := map[string]string{"zip": res.ZIPSHA256}
		for _, f := range append(res.Form.Files, res.Form.Texts...) {
			sums[f.Name] = f.SHA256
		}
		if first == nil {
			first = sums
		} else if !maps.Equal(first, sums) {
			t.Errorf("%v\n%v", first, sums)
		}
	}
}

// closed is an opener that nobody may use.
type closed struct{ t *testing.T }

func (c closed) OpenOriginal(context.Context, string) (io.ReadSeekCloser, int64, error) {
	c.t.Error("an original was opened for an estimate")
	return nil, 0, data.ErrNotFound
}

func TestPlan(t *testing.T) {
	all, err := fit.Profiles()
	if err != nil {
		t.Fatal(err)
	}
	c, m := richCase(t, "en")
	v := viewer(t)
	for _, p := range all {
		form := formOf(t, p.ID)
		plan, err := Plan(t.Context(), c, closed{t}, Options{Profile: form}, false)
		if err != nil || !plan.Estimate || len(plan.Meters) == 0 || len(plan.Files) == 0 {
			t.Errorf("%s: %v, %+v", p.ID, err, plan)
		}
	}
	exact, err := Plan(t.Context(), c, m, Options{Profile: formOf(t, "stripe"), Viewer: v, CacheDir: t.TempDir()}, true)
	if err != nil || exact.Estimate || !exact.Fits {
		t.Fatalf("%v, %+v", err, exact)
	}
	// What was planned is what is made, but for the page numbers in it.
	res := formFilesOf(t, c, m, formOf(t, "stripe"), v)
	for i, f := range res.Form.Plan.Files {
		if planned := exact.Files[i]; planned.Name != f.Name || planned.Pages != f.Pages || planned.Bytes < f.Bytes*9/10 || planned.Bytes > f.Bytes*11/10 {
			t.Errorf("planned %+v, made %+v", planned, f)
		}
	}
}

// Where personal data is masked, no original of a photo leaves, for a camera
// writes more into it than is seen, and no text tells what is masked.
func TestMaskedForms(t *testing.T) {
	nothingAtOnce(t)
	c, m := privateCase(t)
	c.Mask = data.MaskKinds()
	p := formOf(t, "shopee")
	p.Fields = "stripe"
	res, err := Export(t.Context(), c, m, t.TempDir(), Options{Profile: p, Viewer: viewer(t), CacheDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	photos := 0
	for _, f := range res.Form.Files {
		if f.Pages > 0 || strings.HasSuffix(f.Name, ".mp4") {
			continue
		}
		photos++
		if len(f.Originals) != 1 || f.SHA256 == f.Originals[0] {
			t.Errorf("%s is an original", f.Name)
		}
	}
	if photos == 0 {
		t.Error("no photo is a file of its own")
	}
	for _, f := range res.Form.Texts {
		raw, err := os.ReadFile(filepath.Join(res.Form.Dir, f.Name))
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"Quintanilla", "ximena", "612 345 678", "Calle Inventada"} {
			if strings.Contains(strings.ToLower(string(raw)), strings.ToLower(secret)) {
				t.Errorf("%s tells %s", f.Name, secret)
			}
		}
	}
}

func TestCanceledFormLeavesNothing(t *testing.T) {
	c, m := richCase(t, "en")
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	_, err := Export(ctx, c, m, dir, Options{Profile: formOf(t, "shopee"), Viewer: viewer(t), Progress: func(p Progress) {
		if p.Step == StepForm {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if left := entries(t, dir); len(left) > 0 {
		t.Errorf("it left %v", left)
	}
}

func TestRanges(t *testing.T) {
	for want, list := range map[string][]int{"": nil, "3": {3}, "1–3, 5, 7–8": {8, 1, 2, 3, 5, 7, 2}} {
		if got := ranges(list); got != want {
			t.Errorf("%v: %q, want %q", list, got, want)
		}
	}
}
