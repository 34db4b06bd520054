package main

import (
	"bytes"
	"debug/pe"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackmordaunt/icns/v2"
	"github.com/tc-hib/winres"
	"github.com/tc-hib/winres/version"
)

const iconPath = "../../../assets/icons/icon.png"

func made(t *testing.T, name string, more ...string) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := start(append([]string{iconPath, path}, more...)); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestIconOfWindowsHasEachSize(t *testing.T) {
	ico := made(t, "icon.ico")
	if _, err := winres.LoadICO(bytes.NewReader(ico)); err != nil {
		t.Fatal(err)
	}
	if n := int(binary.LittleEndian.Uint16(ico[4:])); n != len(icoSizes) {
		t.Errorf("%d pictures, want %d", n, len(icoSizes))
	}
	edges := map[int]bool{}
	for i := range icoSizes {
		edges[int(ico[6+16*i])] = true // 256 is written as 0
	}
	for _, size := range icoSizes {
		if !edges[size%256] {
			t.Errorf("no picture of %d pixels", size)
		}
	}
}

func TestIconOfMacIsReadBack(t *testing.T) {
	img, err := icns.Decode(bytes.NewReader(made(t, "icon.icns")))
	if err != nil {
		t.Fatal(err)
	}
	if img.Bounds().Dx() < 256 {
		t.Errorf("the largest picture is %v", img.Bounds())
	}
	if _, _, _, alpha := img.At(0, 0).RGBA(); alpha != 0 {
		t.Error("the corner is not clear")
	}
}

// TestResourcesSayWhoTheProgramIs reads the object as a linker does, and its version
// as Windows does, in three languages.
func TestResourcesSayWhoTheProgramIs(t *testing.T) {
	object := made(t, "rsrc_windows_amd64.syso", "1.2.3", "amd64")
	f, err := pe.NewFile(bytes.NewReader(object))
	if err != nil {
		t.Fatal(err)
	}
	if f.Machine != pe.IMAGE_FILE_MACHINE_AMD64 || f.Section(".rsrc") == nil {
		t.Errorf("machine %x, sections %v", f.Machine, f.Sections)
	}
	if !bytes.Equal(object, made(t, "rsrc_windows_amd64.syso", "1.2.3", "amd64")) {
		t.Error("two runs give two objects")
	}
	info, err := versionInfo("1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	if info.FileVersion != [4]uint16{1, 2, 3, 0} {
		t.Errorf("the file's version is %v", info.FileVersion)
	}
	for language, want := range map[uint16]string{english: "After-sales desk", simplified: "离线售后工作台", traditional: "離線售後工作台"} {
		said := info.Table()[language]
		if said == nil || !strings.HasPrefix((*said)[version.Comments], want) || (*said)[version.ProductName] != "Casebinder" || !strings.HasPrefix((*said)[version.LegalCopyright], "© 2026") {
			t.Errorf("%x: %v", language, said)
		}
	}
}

func TestManifestIsWellFormed(t *testing.T) {
	for d := xml.NewDecoder(strings.NewReader(manifest)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	read, err := winres.AppManifestFromXML([]byte(manifest))
	if err != nil {
		t.Fatal(err)
	}
	if read.DPIAwareness != winres.DPIPerMonitorV2 || !read.LongPathAware || !read.UseCommonControlsV6 || read.ExecutionLevel != winres.AsInvoker {
		t.Errorf("%+v", read)
	}
}

func TestOtherWordsAreRefused(t *testing.T) {
	for _, args := range [][]string{nil, {iconPath}, {iconPath, "x.png"}, {iconPath, "x.syso"}, {"none.png", "x.ico"}} {
		if start(args) == nil {
			t.Errorf("%q was taken", args)
		}
	}
}
