package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestPlanInstall(t *testing.T) {
	headers := need{what: "headers", packages: pk("b-dev a-dev", "b-devel", "")}
	reader := program("pdftotext", "a reader", pk("poppler-utils", "poppler-utils", "poppler"))
	aptInstall := []string{"env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "--no-install-recommends"}
	tests := []struct {
		name    string
		manager manager
		brew    bool
		missing []need
		want    plan
	}{
		{
			"Debian: one list, sorted, nothing twice", apt, false,
			[]need{headers, reader, reader},
			plan{commands: [][]string{{"apt-get", "update"}, append(aptInstall, "a-dev", "b-dev", "poppler-utils")}},
		},
		{
			"Fedora", dnf, false,
			[]need{compiler, reader},
			plan{commands: [][]string{{"dnf", "install", "-y", "gcc", "glibc-devel", "poppler-utils"}}},
		},
		{
			"macOS with brew: the compiler from Apple, tools from brew", xcode, true,
			[]need{compiler, reader},
			plan{commands: [][]string{{"xcode-select", "--install"}, {"brew", "install", "poppler"}}},
		},
		{
			"macOS without brew: goes on without the reader", xcode, false,
			[]need{reader},
			plan{lost: []string{"a reader (pdftotext): the checks that read with it are skipped, loudly"}},
		},
		{
			"Windows: the compiler from winget", winget, false,
			[]need{compiler},
			plan{commands: [][]string{{
				"winget", "install", "--exact", "--id", "BrechtSanders.WinLibs.POSIX.UCRT", "--source", "winget", "--silent",
				"--accept-package-agreements", "--accept-source-agreements", "--disable-interactivity",
			}}},
		},
		{
			"an unknown system is told what to install", "", false,
			[]need{headers},
			plan{unknown: []string{"headers"}},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := planInstall(test.manager, test.missing, test.brew); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got  %+v\nwant %+v", got, test.want)
			}
		})
	}
}

func TestEveryNeedCanBeInstalledOnLinux(t *testing.T) {
	needs := append(append(append(displayNeeds(), validatorNeeds()...), benchNeeds()...), compiler, crossCompiler, installerMaker)
	if runtime.GOOS == "linux" {
		needs = append(needs, windowNeeds()...)
	}
	for _, n := range needs {
		for _, m := range []manager{apt, dnf} {
			if len(n.packages[m]) == 0 {
				t.Errorf("%s: no package for %s", n.what, m)
			}
		}
	}
}

func TestShellLine(t *testing.T) {
	got := shellLine([]string{"A=1"}, []string{"sh", "-c", "echo it's", ""})
	if want := `A=1 sh -c 'echo it'\''s' ''`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestTraceTakesWholeLinesOnly(t *testing.T) {
	tr := newTrace("")
	for _, part := range []string{`{"event":"ready"}` + "\n" + `{"event":"tab","na`, `me":"orders","rows":412}` + "\n", "\n"} {
		if err := tr.take([]byte(part)); err != nil {
			t.Fatal(err)
		}
	}
	want := []event{
		{Event: "ready", line: `{"event":"ready"}`},
		{Event: "tab", Name: "orders", Rows: 412, line: `{"event":"tab","name":"orders","rows":412}`},
	}
	if !reflect.DeepEqual(tr.seen, want) {
		t.Errorf("got %+v, want %+v", tr.seen, want)
	}
	if got := tr.last("tab").Rows; got != 412 {
		t.Errorf("the last tab has %d rows, want 412", got)
	}
	if err := tr.take([]byte("not json\n")); err == nil || !strings.Contains(err.Error(), "not json") {
		t.Errorf("a line that is no JSON gave %v", err)
	}
}

func TestTraceKnowsWhereControlsAre(t *testing.T) {
	tr := newTrace("")
	err := tr.take([]byte(`{"event":"control","id":"tab.today","x":10,"y":5,"w":60,"h":30}
{"event":"control","id":"tab.orders","x":80,"y":5,"w":60,"h":30}
{"event":"control","id":"bundle.export","x":1,"y":1,"w":5,"h":5}
{"event":"control","id":"tab.today","x":200,"y":5,"w":60,"h":30}
{"event":"control","id":"bundle.export","x":1,"y":1,"w":0,"h":0}
`))
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, e := range tr.withPrefix("tab.") {
		ids = append(ids, e.ID)
	}
	if want := []string{"tab.orders", "tab.today"}; !reflect.DeepEqual(ids, want) {
		t.Errorf("tabs from left to right: got %v, want %v", ids, want)
	}
	if err := tr.take([]byte(`{"event":"looked"}` + "\n")); err != nil || tr.looks != 1 {
		t.Errorf("the window looked %d times, %v", tr.looks, err)
	}
	if _, shown := tr.controls["bundle.export"]; shown {
		t.Error("a control without a size counts as shown")
	}
}

func TestTraceWaits(t *testing.T) {
	path := filepath.Join(t.TempDir(), "trace")
	tr := newTrace(path)
	calls := 0
	alive := func() error { // the window writes while it is waited for
		calls++
		text := strings.Repeat(`{"event":"tab","name":"today"}`+"\n", calls)
		if calls == 3 {
			text += `{"event":"tab","name":"orders","rows":9}` + "\n"
		}
		return os.WriteFile(path, []byte(text), 0o600)
	}
	e, err := tr.wait(context.Background(), time.Minute, "orders", alive, func(e event) bool { return e.Name == "orders" })
	if err != nil || e.Rows != 9 {
		t.Fatalf("got %+v, %v", e, err)
	}
	if _, err = tr.wait(context.Background(), 0, "nothing", func() error { return nil }, func(event) bool { return false }); err == nil ||
		!strings.Contains(err.Error(), `"name":"orders"`) {
		t.Errorf("giving up does not tell what was last seen: %v", err)
	}
	died := errors.New("died")
	if _, err = tr.wait(context.Background(), time.Minute, "x", func() error { return died }, func(event) bool { return false }); !errors.Is(err, died) {
		t.Errorf("a dead window gave %v", err)
	}
}

// xwd makes a window dump of one pixel row in the given byte order.
func xwd(order binary.ByteOrder, pixels ...uint32) []byte {
	h := make([]uint32, 25)
	h[0], h[1], h[3], h[4], h[5] = 104, 7, 24, uint32(len(pixels)), 1
	h[11], h[12], h[19] = 32, uint32(4*len(pixels)), 1
	if order == binary.ByteOrder(binary.BigEndian) {
		h[7] = 1
	}
	var b []byte
	for _, v := range h {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	b = append(b, "dev\x00"...)        // the window's name: the header is 104 long
	b = append(b, make([]byte, 12)...) // one color
	cell := make([]byte, 4)
	for _, p := range pixels {
		order.PutUint32(cell, p)
		b = append(b, cell...)
	}
	return b
}

func TestDecodeXWD(t *testing.T) {
	for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		dump := xwd(order, 0xff8000, 0x0000ff)
		img, err := decodeXWD(dump)
		if err != nil {
			t.Fatal(err)
		}
		if got := img.RGBAAt(0, 0); got != (color.RGBA{255, 128, 0, 255}) {
			t.Errorf("%s: the first pixel is %v", order, got)
		}
		if got := img.RGBAAt(1, 0); got != (color.RGBA{0, 0, 255, 255}) {
			t.Errorf("%s: the second pixel is %v", order, got)
		}
		if _, err := decodeXWD(dump[:len(dump)-1]); err == nil {
			t.Errorf("%s: a cut-off dump is taken", order)
		}
	}
	if _, err := decodeXWD([]byte("short")); err == nil {
		t.Error("a dump without a header is taken")
	}
}

func TestDiffering(t *testing.T) {
	a, b := image.NewRGBA(image.Rect(0, 0, 4, 4)), image.NewRGBA(image.Rect(0, 0, 4, 4))
	b.Set(1, 1, color.White)
	b.Set(2, 3, color.White)
	if got := differing(a, b); got != 2 {
		t.Errorf("got %d pixels, want 2", got)
	}
	if got := colorCount(b, 16); got != 2 {
		t.Errorf("got %d colors, want 2", got)
	}
}

func TestFontsEmbedded(t *testing.T) {
	const head = "name                                 type              encoding         emb sub uni object ID\n" +
		"------------------------------------ ----------------- ---------------- --- --- --- ---------\n"
	good := head + "ABCDEF+NotoSansSC-Regular            CID TrueType      Identity-H       yes yes yes     12  0\n"
	if err := fontsEmbedded(good); err != nil {
		t.Errorf("an embedded font is refused: %v", err)
	}
	for name, table := range map[string]string{
		"not embedded": head + "Helvetica                            Type 1            WinAnsi          no  no  yes     12  0\n",
		"no Unicode":   head + "ABCDEF+NotoSans                      CID TrueType      Identity-H       yes yes no      12  0\n",
		"no font":      head,
	} {
		if fontsEmbedded(table) == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

func TestPageCount(t *testing.T) {
	if n, err := pageCount("Title: Pages\nPages:           17\nPage size: A4\n"); n != 17 || err != nil {
		t.Errorf("got %d, %v", n, err)
	}
	if _, err := pageCount("Title: x\n"); err == nil {
		t.Error("no count is taken for one")
	}
}

func TestQuantile(t *testing.T) {
	values := []float64{5, 1, 4, 2, 3, 10, 9, 8, 7, 6}
	for q, want := range map[float64]float64{0.5: 5, 0.95: 10, 0.9: 9, 1: 10, 0: 1} {
		if got := quantile(values, q); got != want {
			t.Errorf("quantile %g: got %g, want %g", q, got, want)
		}
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{7: "7", 999: "999", 1000: "1,000", 3_000_000: "3,000,000"} {
		if got := thousands(n); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestFindRootRefusesOtherPlaces(t *testing.T) {
	if _, err := findRoot(t.TempDir()); err == nil || !strings.Contains(err.Error(), "change into its folder") {
		t.Errorf("got %v", err)
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{nil, {"fly"}, {"test", "more"}, {"package", "--os", "plan9"}, {"bench", "--fast"}, {"screens", "x"}} {
		if err := start(context.Background(), args); !errors.Is(err, errUsage) {
			t.Errorf("%q: got %v", args, err)
		}
	}
}

// The virtual display is the ground under the checks of the window.
func TestDisplay(t *testing.T) {
	if runtime.GOOS != "linux" || !have("Xvfb") {
		if os.Getenv("CI") == "true" && runtime.GOOS == "linux" {
			t.Fatal("Xvfb is missing")
		}
		t.Skip("NOT CHECKED: there is no Xvfb here")
	}
	tl := &tool{ctx: context.Background(), root: ".", out: os.Stderr}
	d, err := tl.startDisplay(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	img, err := d.picture()
	if err := errors.Join(err, d.stop()); err != nil {
		t.Fatal(err)
	}
	if img.Bounds() != image.Rect(0, 0, displayWidth, displayHeight) {
		t.Errorf("the display is %v", img.Bounds())
	}
}

// TestMain lets the test binary speak on both of its outputs, as the go command
// does on a machine whose modules are not there yet, and weigh as the tool does.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == weighWord {
		main()
		return
	}
	if os.Getenv("DEV_TEST_SPEAKS") != "" {
		fmt.Println("answer")
		fmt.Fprintln(os.Stderr, "go: downloading example.com/module v1.0.0")
		return
	}
	os.Exit(m.Run())
}

func TestASilentStepReadsTheAnswerAlone(t *testing.T) {
	var out bytes.Buffer
	tl := &tool{ctx: t.Context(), out: &out, root: t.TempDir()}
	answer, err := tl.step("asking", job{args: []string{os.Args[0]}, env: []string{"DEV_TEST_SPEAKS=1"}, silent: true})
	if err != nil || strings.TrimSpace(answer) != "answer" {
		t.Errorf("got %q, %v", answer, err)
	}
}

// What a fuzz test prints, as Go 1.26 does.
func TestFuzzRan(t *testing.T) {
	const baseline = "fuzz: elapsed: 0s, gathering baseline coverage: 0/40 completed\n"
	tests := []struct {
		said, ran string
		more      float64
	}{
		{baseline + "fuzz: elapsed: 3s, execs: 120 (40/sec), new interesting: 1 (total: 41)\nfuzz: elapsed: 5s, execs: 207 (43/sec), new interesting: 2 (total: 42)\nPASS\n", "207", 0},
		{baseline + "fuzz: elapsed: 5s, gathering baseline coverage: 10/40 completed\nPASS\n", "none (10 of 40 kept inputs)", 4},
		{baseline + "PASS\n", "none (0 of 40 kept inputs)", 40},
		{"testing: warning: no fuzz tests to fuzz\nPASS\n", "none", 10},
		{"", "none", 10},
	}
	for _, test := range tests {
		if ran, more := fuzzRan(test.said); ran != test.ran || more != test.more {
			t.Errorf("%q: %s, %v, want %s, %v", test.said, ran, more, test.ran, test.more)
		}
	}
}
