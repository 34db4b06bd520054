package bundle

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"casebinder/data"
)

// guard keeps a spreadsheet from taking a cell for a formula. (OWASP, "CSV
// Injection".)
func guard(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(cell)[0]) {
		return "'" + cell
	}
	return cell
}

// csvFile writes rows as UTF-8 with a byte order mark, so that Excel reads it.
func csvFile(rows [][]string) []byte {
	var b strings.Builder
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	for _, row := range rows {
		guarded := make([]string, len(row))
		for i, cell := range row {
			guarded[i] = guard(strings.ToValidUTF8(cell, "�"))
		}
		_ = w.Write(guarded) // into memory: cannot fail
	}
	w.Flush()
	return []byte(b.String())
}

// copyOfSum is the fingerprint of the original of an edited copy.
func (e Exhibit) copyOfSum() string {
	if e.Original == nil {
		return ""
	}
	return e.Original.SHA256
}

// stamp is a time in files for programs.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// shownAs says in the index whether an exhibit is on its pages.
func (b *bound) shownAs(n int) (shown bool, why string) {
	for _, x := range b.at.Rejected {
		if x.Number == n {
			return false, x.Reason.Error()
		}
	}
	return true, ""
}

// indexCSV is the index of exhibits for a spreadsheet.
func (b *bound) indexCSV() []byte {
	rows := [][]string{{
		"exhibit", "title", "kind", "note", "captured_at", "captured_source", "original_name", "file", "mime", "size", "sha256",
		"added_at", "added_by", "first_page", "last_page", "shown", "not_shown_because", "section", "proves", "withheld_because", "copy_of_sha256",
	}}
	for _, p := range b.placed {
		e := p.Exhibit
		shown, why := b.shownAs(p.Number)
		rows = append(rows, []string{
			itoa(p.Number), p.Title, string(e.Kind), e.Note, stamp(e.CapturedAt), string(e.Captured), e.Name, p.File, e.MIME,
			fmt.Sprint(e.Size), e.SHA256, stamp(e.AddedAt), e.AddedBy, itoa(p.First), itoa(p.Last), fmt.Sprint(shown), why,
			string(p.Section), e.Proves, p.Withheld, e.copyOfSum(),
		})
	}
	return csvFile(rows)
}

// indexJSON is the index with the facts of the case, for programs.
func (b *bound) indexJSON(name string) ([]byte, error) {
	type exhibit struct {
		Number    int       `json:"exhibit"`
		Title     string    `json:"title"`
		Kind      string    `json:"kind"`
		Note      string    `json:"note,omitempty"`
		Captured  time.Time `json:"captured_at,omitzero"`
		Source    string    `json:"captured_source,omitempty"`
		Name      string    `json:"original_name"`
		File      string    `json:"file"`
		MIME      string    `json:"mime"`
		Size      int64     `json:"size"`
		SHA256    string    `json:"sha256"`
		Added     time.Time `json:"added_at,omitzero"`
		AddedBy   string    `json:"added_by,omitempty"`
		FirstPage int       `json:"first_page"`
		LastPage  int       `json:"last_page"`
		Shown     bool      `json:"shown"`
		Because   string    `json:"not_shown_because,omitempty"`
		Section   string    `json:"section"`
		Proves    string    `json:"proves,omitempty"`
		Withheld  string    `json:"withheld_because,omitempty"`
		CopyOf    string    `json:"copy_of_sha256,omitempty"`
	}
	o, d := b.c.Order, b.c.Dispute
	doc := struct {
		Format    string               `json:"format"`
		PDF       string               `json:"pdf"`
		Pages     int                  `json:"pages"`
		Generated time.Time            `json:"generated"`
		Program   string               `json:"program"`
		Language  string               `json:"language"`
		Platform  string               `json:"platform"`
		Shop      string               `json:"shop"`
		Order     string               `json:"order"`
		Dispute   string               `json:"dispute"`
		Case      string               `json:"case_number,omitempty"`
		Reason    string               `json:"reason"`
		Amount    string               `json:"amount,omitempty"`
		Currency  string               `json:"currency,omitempty"`
		Version   int                  `json:"version"`
		Exhibits  []exhibit            `json:"exhibits"`
		Profile   string               `json:"profile,omitempty"`
		Masked    []data.MaskKind      `json:"masked,omitempty"`
		Sections  map[data.Section]int `json:"sections,omitempty"`
	}{
		"casebinder-bundle-1", name + ".pdf", b.at.Pages, b.c.Generated.UTC(), b.c.Program, b.w.language, string(o.Shop.Platform),
		o.Shop.Name, o.Number, d.UID, d.CaseNumber, string(d.Reason), "", d.Amount.Currency, max(b.c.Version, 1),
		[]exhibit{},
		"", b.c.Mask, b.at.Sections,
	}
	if b.opts.Profile != nil {
		doc.Profile = b.opts.Profile.ID
	}
	if !d.Amount.IsZero() {
		doc.Amount = d.Amount.Decimal()
	}
	for _, p := range b.placed {
		e := p.Exhibit
		shown, why := b.shownAs(p.Number)
		doc.Exhibits = append(doc.Exhibits, exhibit{
			p.Number, p.Title, string(e.Kind), e.Note, e.CapturedAt.UTC(), string(e.Captured), e.Name, p.File, e.MIME, e.Size, e.SHA256,
			e.AddedAt.UTC(), e.AddedBy, p.First, p.Last, shown, why,
			string(p.Section), e.Proves, p.Withheld, e.copyOfSum(),
		})
	}
	raw, err := json.MarshalIndent(doc, "", "  ")
	return append(raw, '\n'), err
}

// readme tells how to check the bag with what every system has. Windows'
// Notepad needs the mark and the line ends.
func readme(name string) []byte {
	text := strings.ReplaceAll(readmeText, "NAME", name)
	return []byte("\ufeff" + strings.ReplaceAll(text, "\n", "\r\n"))
}

const readmeText = `HOW TO VERIFY THIS BUNDLE

This folder is a BagIt bag (RFC 8493). manifest-sha256.txt lists a SHA-256
fingerprint of every file below data/. When each file still has its
fingerprint, nothing was changed since this bundle was exported. That does not
show that what the files say is so. Unpack the whole ZIP first, then:

Windows: open PowerShell in this folder and paste these lines. They print the
name of each file that was altered or is missing, and then "checked".

  Get-Content -Encoding UTF8 manifest-sha256.txt | ForEach-Object {
    $sum, $file = $_ -split '  ', 2
    $is = if (Test-Path -LiteralPath $file) { (Get-FileHash -Algorithm SHA256 -LiteralPath $file).Hash }
    if ($is -ne $sum) { "ALTERED OR MISSING: $file" }
  }; "checked"

  One file alone: certutil -hashfile "data\NAME.pdf" SHA256

macOS: open Terminal in this folder:

  shasum -a 256 -c manifest-sha256.txt
  shasum -a 256 -c tagmanifest-sha256.txt

Linux: open a terminal in this folder:

  sha256sum -c manifest-sha256.txt
  sha256sum -c tagmanifest-sha256.txt

With Casebinder, without unpacking: casebinder verify NAME.zip

What is in here: data/NAME.pdf (the bundle), data/originals (every file as it
was taken in), data/index.csv and data/index.json (exhibits, pages,
fingerprints), data/custody.csv (who did what with them, and when).


如何核对本证据包

本文件夹是一个 BagIt 包（RFC 8493）。manifest-sha256.txt 列出 data/ 下每个文件的
SHA-256 指纹。所有文件与其指纹一致，即表明导出后未经任何改动；这并不表明文件所述内容
属实。请先解压整个 ZIP，然后：

Windows：在本文件夹中打开 PowerShell，粘贴上面 “Windows” 一节的几行命令。被改动或
缺失的文件会逐一列出，最后显示 “checked”。
  只核对一个文件：certutil -hashfile "data\NAME.pdf" SHA256

macOS：在本文件夹中打开“终端”，输入：
  shasum -a 256 -c manifest-sha256.txt
  shasum -a 256 -c tagmanifest-sha256.txt

Linux：在本文件夹中打开终端，输入：
  sha256sum -c manifest-sha256.txt
  sha256sum -c tagmanifest-sha256.txt

使用 Casebinder 可不解压直接核对：casebinder verify NAME.zip

内容：data/NAME.pdf（证据材料）、data/originals（全部原件）、data/index.csv 与
data/index.json（证据、页码、指纹）、data/custody.csv（经手记录）。
`
