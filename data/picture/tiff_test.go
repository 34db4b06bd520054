package picture

import (
	"bytes"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// tool calls another program; where it is missing the test is skipped at home.
func tool(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not installed", name)
		}
		t.Skipf("NOT CHECKED: %s is not installed", name)
	}
	cmd := exec.Command(path, args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
}

// TestTIFFsOfOtherPrograms compares what is read of a TIFF that libtiff packed with
// the picture that it was made of.
func TestTIFFsOfOtherPrograms(t *testing.T) {
	dir := t.TempDir()
	tool(t, dir, "convert", "-size", "80x64", "gradient:red-blue", "-depth", "8", "color.tif")
	tool(t, dir, "convert", "-size", "80x64", "gradient:black-white", "-ordered-dither", "o4x4", "-type", "bilevel", "-depth", "1", "bits.tif")
	for name, args := range map[string][]string{
		"color": {"-c", "none"}, "lzw": {"-c", "lzw"}, "lzw predicted": {"-c", "lzw:2"}, "zip": {"-c", "zip:2"}, "packbits": {"-c", "packbits"},
		"jpeg": {"-c", "jpeg:95", "-r", "16"}, "jpeg RGB": {"-c", "jpeg:r:95", "-r", "16"}, "jpeg tiles": {"-c", "jpeg:95", "-t", "-w", "32", "-l", "32"},
		"tiles": {"-c", "lzw", "-t", "-w", "48", "-l", "16"}, "planes": {"-c", "zip", "-p", "separate"}, "big endian": {"-c", "lzw:2", "-B"},
	} {
		t.Run(name, func(t *testing.T) { readsLike(t, dir, "color.tif", args, 40) })
	}
	for name, args := range map[string][]string{
		"fax 3": {"-c", "g3"}, "fax 4": {"-c", "g4"}, "fax, bits turned": {"-c", "g4", "-f", "lsb2msb"}, "packed bits": {"-c", "packbits"},
	} {
		t.Run(name, func(t *testing.T) { readsLike(t, dir, "bits.tif", args, 0) })
	}
	for name, args := range map[string][]string{
		"16 bits": {"-depth", "16"}, "palette": {"-colors", "9", "-depth", "4", "-type", "palette"}, "gray of 2 bits": {"-colorspace", "Gray", "-depth", "2"},
	} {
		t.Run(name, func(t *testing.T) {
			from := filepath.Base(t.Name()) + ".tif"
			tool(t, dir, "convert", append(append([]string{"color.tif"}, args...), from)...)
			readsLike(t, dir, from, []string{"-c", "lzw"}, 2)
		})
	}
}

// readsLike packs a TIFF anew, reads it, and compares the pixels with what
// ImageMagick makes of the source.
func readsLike(t *testing.T, dir, from string, args []string, apart int) {
	t.Helper()
	tool(t, dir, "tiffcp", append(args, from, "packed.tif")...)
	tool(t, dir, "convert", from, "-colorspace", "sRGB", "-depth", "8", "PNG32:want.png")
	raw, err := os.ReadFile(filepath.Join(dir, "packed.tif"))
	if err != nil {
		t.Fatal(err)
	}
	got, _, err := Decode(t.Context(), bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join(dir, "want.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if got.Bounds() != want.Bounds() {
		t.Fatalf("it is %v, not %v", got.Bounds(), want.Bounds())
	}
	a, b := toNRGBA(got), toNRGBA(known(want))
	for i := range a.Pix {
		if d := int(a.Pix[i]) - int(b.Pix[i]); d > apart || d < -apart {
			t.Fatalf("at %d, %d it is %v, not %v", i/4%80, i/320, a.Pix[i&^3:i|3], b.Pix[i&^3:i|3])
		}
	}
}
