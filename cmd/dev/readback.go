package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// readBack reads an exported bundle with programs that are not ours: unzip, 7z,
// sha256sum, ssh-keygen, qpdf, pdffonts, pdftotext. Then the program's own verify must
// pass it, and must refuse it once a single byte is changed.
func (t *tool) readBack(program, exported, dir string) error {
	bag, err := onlyFile(exported, ".zip")
	if err != nil {
		return err
	}
	opened := filepath.Join(dir, "opened")
	if _, err := t.step("unzip: the bag opens", job{args: []string{"unzip", "-q", bag, "-d", opened}, silent: true}); err != nil {
		return err
	}
	if _, err := t.step("7z: the bag is whole", job{args: []string{"7z", "t", bag}, silent: true}); err != nil {
		return err
	}
	top, err := bagFolder(opened)
	if err != nil {
		return err
	}
	if err := t.checkSums(top); err != nil {
		return err
	}
	if err := t.checkSignature(top); err != nil {
		return err
	}
	pdf, err := onlyFile(filepath.Join(top, "data"), ".pdf")
	if err != nil {
		return err
	}
	if err := t.readPDF(pdf); err != nil {
		return err
	}
	if _, err := t.step("casebinder verify: the bag is intact", job{args: []string{program, "verify", bag}, silent: true}); err != nil {
		return err
	}
	return t.refusesChanged(program, pdf, top)
}

// onlyFile finds the bundle's file of a kind: the path itself, or the one in
// or below it that is no original (those lie in a folder of their own).
func onlyFile(at, ext string) (string, error) {
	if strings.EqualFold(filepath.Ext(at), ext) {
		return at, nil
	}
	if info, err := os.Stat(at); err == nil && !info.IsDir() {
		at = filepath.Dir(at)
	}
	entries, err := os.ReadDir(at)
	if err != nil {
		return "", fmt.Errorf("looking for the bundle's %s: %w", ext, err)
	}
	var found []string
	for _, e := range entries {
		if !e.IsDir() && strings.EqualFold(filepath.Ext(e.Name()), ext) {
			found = append(found, filepath.Join(at, e.Name()))
		}
	}
	if len(found) != 1 {
		return "", fmt.Errorf("%s holds %d files of the kind %s, not one", at, len(found), ext)
	}
	return found[0], nil
}

// bagFolder finds the folder that holds bagit.txt.
func bagFolder(opened string) (string, error) {
	var top string
	err := filepath.WalkDir(opened, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Name() == "bagit.txt" && top == "" {
			top = filepath.Dir(path)
		}
		return err
	})
	if err == nil && top == "" {
		err = errors.New("there is no bagit.txt in it")
	}
	if err != nil {
		return "", fmt.Errorf("opening the bag: %w", err)
	}
	return top, nil
}

// checkSums lets sha256sum check both manifests.
func (t *tool) checkSums(top string) error {
	for _, name := range []string{"manifest-sha256.txt", "tagmanifest-sha256.txt"} {
		_, err := t.step("sha256sum: "+name, job{
			args:   []string{"sh", "-c", `cd "$1" && exec sha256sum --check --strict --quiet "$2"`, "sh", top, name},
			silent: true,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// checkSignature lets ssh-keygen check the signature as the bag's own README
// tells it, and refuse it over anything else.
func (t *tool) checkSignature(top string) error {
	const check = `cd "$1" && ssh-keygen -Y verify -f signature/allowed_signers -I casebinder -n casebinder-bundle -s tagmanifest-sha256.txt.sig < "$2"`
	_, err := t.step("ssh-keygen: the signature is valid", job{args: []string{"sh", "-c", check, "sh", top, "tagmanifest-sha256.txt"}, silent: true})
	if err != nil {
		return err
	}
	if said, err := t.command([]string{"sh", "-c", check, "sh", top, "manifest-sha256.txt"}, nil).CombinedOutput(); err == nil {
		return fmt.Errorf("ssh-keygen takes the signature for one of another file:\n%s", said)
	}
	return nil
}

// readPDF checks the document's structure, its fonts and its text.
func (t *tool) readPDF(pdf string) error {
	if _, err := t.step("qpdf: the PDF is sound", job{args: []string{"qpdf", "--check", pdf}, silent: true}); err != nil {
		return err
	}
	fonts, err := t.step("pdffonts: every font is embedded and has Unicode", job{args: []string{"pdffonts", pdf}, silent: true})
	if err != nil {
		return err
	}
	if err := fontsEmbedded(fonts); err != nil {
		return err
	}
	text, err := t.step("pdftotext: the text can be searched", job{args: []string{"pdftotext", "-layout", pdf, "-"}, silent: true})
	if err != nil {
		return err
	}
	if words := len(strings.Fields(text)); words < 50 {
		return fmt.Errorf("pdftotext finds only %d words in the bundle", words)
	}
	info, err := t.step("pdfinfo: the pages", job{args: []string{"pdfinfo", pdf}, silent: true})
	if err != nil {
		return err
	}
	pages, err := pageCount(info)
	if err != nil {
		return err
	}
	if pages < 2 {
		return fmt.Errorf("the bundle has %d page; a cover and an index alone are more", pages)
	}
	return nil
}

// fontsEmbedded reads pdffonts' table: the columns emb and uni, counted from
// the end because a font's name and type hold spaces.
func fontsEmbedded(table string) error {
	lines := strings.Split(strings.TrimSpace(table), "\n")
	if len(lines) < 3 {
		return fmt.Errorf("pdffonts lists no font:\n%s", table)
	}
	for _, line := range lines[2:] {
		f := strings.Fields(line)
		if len(f) < 7 {
			return fmt.Errorf("pdffonts printed a line that is not understood: %q", line)
		}
		if emb, uni := f[len(f)-5], f[len(f)-3]; emb != "yes" || uni != "yes" {
			return fmt.Errorf("a font is not embedded or has no Unicode map: %s", line)
		}
	}
	return nil
}

// pageCount finds the line "Pages: N" of pdfinfo.
func pageCount(info string) (int, error) {
	for _, line := range strings.Split(info, "\n") {
		if value, ok := strings.CutPrefix(line, "Pages:"); ok {
			n, err := strconv.Atoi(strings.TrimSpace(value))
			if err != nil {
				return 0, fmt.Errorf("pdfinfo printed %q: %w", line, err)
			}
			return n, nil
		}
	}
	return 0, errors.New("pdfinfo printed no count of pages")
}

// refusesChanged changes one byte of the opened bag's PDF and wants verify to
// exit with 1 and to name the file.
func (t *tool) refusesChanged(program, pdf, top string) error {
	t.say("\n== casebinder verify: one changed byte is found")
	content, err := os.ReadFile(pdf)
	if err != nil {
		return fmt.Errorf("reading the PDF: %w", err)
	}
	content[len(content)/2] ^= 1
	if err := os.WriteFile(pdf, content, 0o644); err != nil {
		return fmt.Errorf("changing the PDF: %w", err)
	}
	said, err := t.command([]string{program, "verify", top}, nil).CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 {
		return fmt.Errorf("verify of a changed bag should exit with 1, but: %v\n%s", err, said)
	}
	if !strings.Contains(string(said), filepath.Base(pdf)) {
		return fmt.Errorf("verify of a changed bag does not name %s:\n%s", filepath.Base(pdf), said)
	}
	t.say("   ok")
	return nil
}
