package bundle

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casebinder/data/bundle/fit"
	"casebinder/data/seal"
)

// everything are options that ask for all that an export can make.
func everything(t *testing.T) Options {
	t.Helper()
	key, err := seal.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	profile, err := fit.Find("aliexpress")
	if err != nil {
		t.Fatal(err)
	}
	return Options{Key: &key, TimeStamp: true, Profile: &profile, Viewer: viewer(t), CacheDir: t.TempDir()}
}

// TestExportOfEverything signs, asks for a time stamp and makes files for a form,
// and has it all checked.
func TestExportOfEverything(t *testing.T) {
	c, m := richCase(t, "en")
	opts, dir := everything(t), t.TempDir()
	var first Result
	for range 2 {
		res, err := Export(t.Context(), c, m, dir, opts)
		if err != nil {
			t.Fatal(err)
		}
		want := []string{res.Name + "-upload-aliexpress", res.Name + ".pdf", res.Name + ".tsq", res.Name + ".zip"}
		if got := entries(t, dir); !slices.Equal(got, want) {
			t.Errorf("in the folder: %v, want %v", got, want)
		}
		if first.ZIPSHA256 != "" && first.ZIPSHA256 != res.ZIPSHA256 {
			t.Error("the second export gives other bytes")
		}
		first, opts.Replace = res, true
	}
	v, err := Verify(t.Context(), first.ZIP, VerifyOptions{Signer: first.Signer})
	if err != nil || !v.OK || v.Signature != SignatureValid || v.FormFiles == 0 {
		t.Errorf("verified: %+v, %v", v, err)
	}
	if query := run(t, dir, "openssl", "ts", "-query", "-in", first.Name+".tsq", "-text"); !strings.Contains(strings.ReplaceAll(strings.ToLower(hexOf(query)), " ", ""), first.ZIPSHA256) {
		t.Errorf("the request is for another file than %s:\n%s", first.ZIPSHA256, query)
	}
	cover := strings.Join(strings.Fields(pageText(t, first.PDF, 1, 1)), " ")
	for _, want := range []string{first.Signer, "Unchanged since export", "Made for", "Version"} {
		if !strings.Contains(cover, want) && !strings.Contains(strings.Join(strings.Fields(pageText(t, first.PDF, 2, 3)), " "), want) {
			t.Errorf("the cover lacks %q:\n%s", want, cover)
		}
	}
}

// hexOf joins the bytes of a dump as openssl prints it.
func hexOf(dump string) string {
	var b strings.Builder
	for line := range strings.Lines(dump) {
		if _, rest, ok := strings.Cut(line, " - "); ok && len(rest) > 47 {
			b.WriteString(strings.ReplaceAll(rest[:47], "-", " "))
		}
	}
	return b.String()
}

// TestCancelOfEverything cancels an export with all its files here and there.
func TestCancelOfEverything(t *testing.T) {
	c, m := richCase(t, "en")
	opts, steps := everything(t), 0
	opts.Progress = func(Progress) { steps++ }
	if _, err := Export(t.Context(), c, m, t.TempDir(), opts); err != nil {
		t.Fatal(err)
	}
	for stop := 1; stop < steps; stop += max(steps/6, 1) {
		ctx, cancel := context.WithCancel(t.Context())
		dir, n := t.TempDir(), 0
		opts.Progress = func(Progress) {
			if n++; n == stop {
				cancel()
			}
		}
		_, err := Export(ctx, c, m, dir, opts)
		cancel()
		if names, _ := filepath.Glob(filepath.Join(dir, "*")); !errors.Is(err, context.Canceled) || len(names) > 0 {
			t.Errorf("canceled at step %d of %d: %v, left %v", stop, steps, err, names)
		}
	}
}
