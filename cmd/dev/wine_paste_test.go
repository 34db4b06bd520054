package main

import (
	"image"
	"image/color"
	"path/filepath"
	"testing"
)

// TestPastedPicturesAreLookedAt knows a picture by its size among others, and tells a
// blank, a mirrored and a transparent one from what was copied.
func TestPastedPicturesAreLookedAt(t *testing.T) {
	dir, size := t.TempDir(), image.Pt(64, 48)
	if pictureOf(dir, size) != nil {
		t.Error("there is a picture in an empty folder")
	}
	if err := savePNG(filepath.Join(dir, "other.png"), fourFields(image.Pt(66, 48))); err != nil {
		t.Fatal(err)
	}
	if pictureOf(dir, size) != nil {
		t.Error("a picture of another size is taken")
	}
	if err := savePNG(filepath.Join(dir, "kept.png"), fourFields(size)); err != nil {
		t.Fatal(err)
	}
	img := pictureOf(dir, size)
	if img == nil {
		t.Fatal("the picture is not found")
	}
	if err := sameFields(img); err != nil {
		t.Error(err)
	}
	blank, mirrored, clear := image.NewRGBA(img.Bounds()), image.NewRGBA(img.Bounds()), image.NewNRGBA(img.Bounds())
	for y := range size.Y {
		for x := range size.X {
			mirrored.Set(x, y, img.At(x, size.Y-1-y))
			c := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
			c.A = 0
			clear.SetNRGBA(x, y, c)
		}
	}
	for name, bad := range map[string]image.Image{"blank": blank, "mirrored": mirrored, "transparent": clear} {
		if sameFields(bad) == nil {
			t.Errorf("a %s picture passes", name)
		}
	}
}

func TestPathsOfWineAndLinux(t *testing.T) {
	b := &wineBox{dir: "/tmp/box"}
	for windows, linux := range map[string]string{
		`C:\users\root\Documents\证据 1.zip`: "/tmp/box/prefix/drive_c/users/root/Documents/证据 1.zip", `Z:\tmp\a.zip`: "/tmp/a.zip",
	} {
		if got := b.onLinux(windows); got != linux {
			t.Errorf("%s is %s here", windows, got)
		}
	}
	if got := inWindows("/tmp/工作台"); got != `Z:\tmp\工作台` {
		t.Errorf("it is %s in Windows", got)
	}
}
