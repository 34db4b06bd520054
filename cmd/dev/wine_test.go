package main

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestWhatTestsUnderWineSaid(t *testing.T) {
	const bag = "casebinder/data/bag"
	line := func(action, pkg, test, output string) string {
		return `{"Action":"` + action + `","Package":"` + pkg + `","Test":"` + test + `","Output":"` + output + `"}`
	}
	r, err := readWine(strings.Join([]string{
		"# a word of the build",
		line("pass", bag, "TestGood", ""),
		line("pass", bag, "TestGood/part", ""),
		line("skip", bag, "TestShell", ""),
		line("output", bag, "TestFolderLinksAreRefused", "a link"),
		line("fail", bag, "TestFolderLinksAreRefused", ""),
		line("output", bag, "", `FAIL\n`),
		line("fail", bag, "", ""),
		line("output", "casebinder/data/v.2", "TestBad/a.b", "why"),
		line("fail", "casebinder/data/v.2", "TestBad/a.b", ""),
		line("fail", "casebinder/data/v.2", "TestBad", ""),
		line("output", "casebinder/data/v.2", "", `FAIL\n`),
		line("fail", "casebinder/data/v.2", "", ""),
		line("output", "casebinder/data/built", "", "it does not compile"),
		line("fail", "casebinder/data/built", "", ""),
		line("pass", "casebinder/data/good", "", ""),
		"",
	}, "\n"))
	if err != nil || r.passed != 2 || r.skipped != 1 {
		t.Errorf("%d passed, %d skipped, %v", r.passed, r.skipped, err)
	}
	if got, want := slices.Sorted(maps.Keys(r.beyond)), []string{bag + ".TestFolderLinksAreRefused"}; !slices.Equal(got, want) {
		t.Errorf("not possible: %q", got)
	}
	if got, want := slices.Sorted(maps.Keys(r.failed)), []string{"casebinder/data/built.", "casebinder/data/v.2.TestBad", "casebinder/data/v.2.TestBad/a.b"}; !slices.Equal(got, want) {
		t.Errorf("failed: %q", got)
	}
	if r.failed["casebinder/data/v.2.TestBad/a.b"] != "why" || r.failed["casebinder/data/built."] != "it does not compile" {
		t.Errorf("said: %q", r.failed)
	}
	tl, out := trial(t)
	if err := r.tell(tl); err == nil || !strings.Contains(out.String(), "it does not compile") || !strings.Contains(out.String(), "wine cannot tell: "+bag) {
		t.Errorf("%v\n%s", err, out)
	}
	// A test that wine cannot run took the others of its package along.
	const watch = "casebinder/data/watch"
	r, err = readWine(strings.Join([]string{
		line("pass", watch, "TestGood", ""),
		line("output", watch, "TestWhatIsBeingWrittenIsLeftAlone", `panic: it hung\n`),
		line("fail", watch, "TestWhatIsBeingWrittenIsLeftAlone", ""),
		line("output", watch, "", `FAIL\tcasebinder/data/watch\t1s\n`),
		line("fail", watch, "", ""),
	}, "\n"))
	if got := slices.Sorted(maps.Keys(r.failed)); err != nil || !slices.Equal(got, []string{watch + "."}) || len(r.beyond) != 1 {
		t.Errorf("a package that broke off: %q, %d beyond, %v", got, len(r.beyond), err)
	}
	if _, err := readWine(""); err == nil {
		t.Error("nothing ran, and it is well")
	}
}
