package bundle

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/bundle/fit"
	"casebinder/data/bundle/statement"
)

// The names of the texts beside the files for a form.
const (
	readFirstName = "READ-FIRST.txt"
	fieldsName    = "fields.txt"
)

// fitWords are the words of plans in a language.
type fitWords map[string]string

func loadFitWords(language string) (fitWords, error) {
	if language == "" {
		language = "en"
	}
	raw, err := assets.FS.ReadFile("lang/fit." + language + ".json")
	if err != nil {
		return nil, ProblemCase.Wrap(err, "reason", "there are no words for plans in the language "+language)
	}
	words := fitWords{}
	if err := json.Unmarshal(raw, &words); err != nil {
		return nil, fmt.Errorf("reading the words of plans in %s: %w", language, err)
	}
	return words, nil
}

// reason tells why a plan is as it is.
func (w fitWords) reason(r fit.Reason) string {
	words, ok := w["fit."+r.Code]
	if !ok {
		return r.Code
	}
	return data.FillWords(words, r.Args)
}

// text tells what a plan says in the language.
func (w fitWords) text(t data.Text) string {
	if words, ok := w[t.Key]; ok {
		t.English = words
	}
	return t.String()
}

// meter tells a figure and its limit: "Pages: 61 / 49".
func (w fitWords) meter(m fit.Meter) string {
	name := w["fit.limit."+m.Limit]
	if m.Subject != "" {
		name += " (" + m.Subject + ")"
	}
	text := name + ": " + fit.Figure(m.Limit, m.Value)
	if m.Max > 0 {
		text += " / " + fit.Figure(m.Limit, m.Max)
	}
	return text
}

func (w fitWords) profile(p fit.Profile) string {
	if name := w["profile."+p.ID]; name != "" {
		return name
	}
	return p.Name
}

// citeLabel names what a claim points at, with the page on which the files for
// the form show it; before they are composed, or where it is a file of its own,
// with the page of its own document.
func (fm *formMaker) citeLabel(c data.Cite) string {
	t, ok := fm.target(c)
	if !ok {
		return ""
	}
	if n := fm.shown.Dests[fm.landing(t.dest, fm.shown)]; n > 0 {
		return fm.w.get("cite", "what", t.label, "n", itoa(n))
	}
	if c.Page > 0 {
		return t.label + ", " + fm.w.get("page.own.n", "n", itoa(c.Page))
	}
	return t.label
}

// fillTexts fills the texts for the form and counts them.
func (fm *formMaker) fillTexts() error {
	var err error
	if fm.fields, err = fm.formTexts(); err != nil {
		return err
	}
	fm.extra.Texts = nil
	for _, t := range fm.fields {
		fm.extra.Texts = append(fm.extra.Texts, fit.Text{Field: t.Field, Chars: fit.Count(t.Text, fm.p.Count), Max: t.Max})
	}
	return nil
}

// point says in the texts for the form where the files show what they cite.
// Where a text has no room for the pages, all go without.
func (fm *formMaker) point(res *FormResult) error {
	fm.fileOf, fm.others = map[int]string{}, nil
	for _, f := range res.Files {
		for _, n := range f.Exhibits {
			if fm.fileOf[n] != "" {
				fm.fileOf[n] += ", "
			}
			fm.fileOf[n] += f.Name
		}
		if len(f.Exhibits) == 0 {
			fm.others = append(fm.others, f.Name)
		}
	}
	if err := fm.fillTexts(); err != nil {
		return err
	}
	plan := fm.p.Remeter(res.Plan, fm.items, fm.extra)
	if !plan.Fits {
		fm.shown = pageMap{}
		if err := fm.fillTexts(); err != nil {
			return err
		}
		plan = fm.p.Remeter(res.Plan, fm.items, fm.extra)
	}
	res.Plan = plan
	return nil
}

// formTexts are the texts for the form: its fields where the program knows them,
// else the statement where the form has a limit for one.
func (fm *formMaker) formTexts() ([]formText, error) {
	if fm.p.Fields == "" {
		if fm.p.Max(fit.LimitTextChars) == 0 || len(fm.c.Statement.Claims) == 0 {
			return nil, nil
		}
		text, err := statement.Text(fm.c.Statement, fm.citeLabel, statement.TextOptions{Numbered: true, Compact: true})
		return []formText{{Field: "statement", Text: text}}, err
	}
	fields, err := fm.formFields()
	if err != nil {
		return nil, err
	}
	all := make([]formText, 0, len(fields))
	for _, f := range fields {
		if f.Value != "" {
			all = append(all, formText{Field: f.Name, Text: f.Value, Max: f.Limit})
		}
	}
	return all, nil
}

// formFields fills the form's text fields.
func (fm *formMaker) formFields() ([]statement.Field, error) {
	labels, err := statement.LabelsIn(fm.w.language)
	if err != nil {
		return nil, err
	}
	facts := statement.Facts{Order: fm.c.Order, Dispute: fm.c.Dispute, Messages: fm.messages, Zone: fm.clock.zone, Ask: fm.c.Ask}
	for _, x := range fm.placed {
		facts.Exhibits = append(facts.Exhibits, statement.Exhibit{
			Number: x.Number, Evidence: x.Exhibit.Evidence,
			Exhibit: data.Exhibit{EvidenceUID: x.Exhibit.UID, Position: x.Number, Section: x.Section, Title: x.Title, Proves: x.Exhibit.Proves, Included: true},
		})
	}
	o := statement.FieldOptions{Cite: fm.citeLabel, Words: labels, Unit: fm.p.Count, Limit: fm.p.Max(fit.LimitTextChars), Others: fm.others, File: func(n int) string { return fm.fileOf[n] }}
	if fm.masker != nil {
		o.Mask = fm.masker.Text
	}
	return statement.Fields(fm.p.Fields, facts, fm.c.Statement, o), nil
}

// writeTexts writes what stands beside the files: what to do with them, the
// fields of the form, and the list.
func (fm *formMaker) writeTexts(res *FormResult, folder string) ([]FormFile, error) {
	words, err := loadFitWords(fm.reader.language)
	if err != nil {
		return nil, err
	}
	var files []FormFile
	put := func(name string, text []byte) error {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, text, 0o644); err != nil {
			return err
		}
		one := FormFile{Name: name}
		one.Size, one.SHA256, err = fm.fingerprint(path)
		files = append(files, one)
		return err
	}
	if err := put(readFirstName, fm.readFirst(res, words)); err != nil {
		return nil, err
	}
	if fm.p.Fields != "" {
		text, err := fm.fieldsText()
		if err == nil {
			err = put(fieldsName, text)
		}
		if err != nil {
			return nil, err
		}
	}
	// Listed like the files: what was pasted into a form is part of what was sent.
	err = put(formListName, formList(append(slices.Clone(res.Files), files...)))
	return files, err
}

// crlf is a text as Windows' editor shows it in lines, with the mark by which it
// tells UTF-8.
func crlf(text string) []byte {
	return []byte("\ufeff" + strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n"))
}

// readFirst tells the seller what to upload where, in a language of his own: the
// reviewer never sees it.
func (fm *formMaker) readFirst(res *FormResult, words fitWords) []byte {
	var b strings.Builder
	line := func(parts ...string) { b.WriteString(strings.Join(parts, "") + "\n") }
	w, plan := fm.reader, res.Plan
	line(w.get("form.title", "profile", words.profile(fm.p)))
	line(w.get("title.order", "number", oneLine(fm.c.Order.Number)))
	if fm.c.Dispute.CaseNumber != "" {
		line(w.get("case"), ": ", oneLine(fm.c.Dispute.CaseNumber))
	}
	line()
	line(w.get("form.files"))
	for i, f := range res.Files {
		line("  ", itoa(i+1), ". ", f.Name, "  (", fm.about(f), ")")
	}
	line()
	line(w.get("form.limits"))
	for _, m := range plan.Meters {
		line("  ", words.meter(m))
	}
	if len(plan.Why) > 0 {
		line()
		line(w.get("form.why"))
		for _, r := range plan.Why {
			line("  ", words.reason(r))
		}
	}
	if len(plan.Findings) > 0 { // it fits, so these are the sections that the form does not ask for
		line()
		line(w.get("form.left"))
		for _, f := range plan.Findings {
			for _, section := range f.Where {
				line("  ", w.section(data.Section(section.ID)), ": ", words.text(f.Why))
			}
		}
	}
	fm.readTexts(&b)
	line()
	line(w.get("form.origin"))
	return crlf(b.String())
}

// readTexts tells of the text of the form.
func (fm *formMaker) readTexts(b *strings.Builder) {
	if fm.p.Fields != "" {
		b.WriteString("\n" + fm.reader.get("form.fields", "file", fieldsName) + "\n")
		return
	}
	for _, t := range fm.fields {
		n := fit.Count(t.Text, fm.p.Count)
		b.WriteString("\n" + fm.reader.get("form.text", "n", strconv.FormatInt(n, 10), "max", strconv.FormatInt(fm.p.Max(fit.LimitTextChars), 10)) + "\n\n" + t.Text + "\n")
	}
}

// about says of a file where it goes, how large it is, and what it holds.
func (fm *formMaker) about(f FormFile) string {
	var parts []string
	if f.Slot != "" {
		parts = append(parts, fm.reader.get("form.slot", "slot", f.Slot))
	}
	parts = append(parts, fit.Bytes(f.Size))
	if f.Pages > 0 {
		parts = append(parts, fm.reader.get("form.pages", "pages", span{f.First, f.First + f.Pages - 1}.String()))
	}
	if len(f.Exhibits) > 0 {
		parts = append(parts, fm.reader.get("form.exhibits", "exhibits", ranges(f.Exhibits)))
	}
	return strings.Join(parts, "; ")
}

// ranges writes numbers in short: "1-4, 7".
func ranges(numbers []int) string {
	list := slices.Clone(numbers)
	slices.Sort(list)
	list = slices.Compact(list)
	var parts []string
	for i := 0; i < len(list); {
		j := i
		for j+1 < len(list) && list[j+1] == list[j]+1 {
			j++
		}
		parts = append(parts, span{list[i], list[j]}.String())
		i = j + 1
	}
	return strings.Join(parts, ", ")
}

// fieldsText lists the fields of the form, ready to be copied one by one: what goes into
// them in the bundle's language, what is said of them in the seller's.
func (fm *formMaker) fieldsText() ([]byte, error) {
	labels, err := statement.LabelsIn(fm.reader.language)
	if err != nil {
		return nil, err
	}
	fields, err := fm.formFields()
	if err != nil {
		return nil, err
	}
	var b, empty strings.Builder
	b.WriteString(labels("field.file."+fm.p.Fields) + "\n")
	for _, f := range fields {
		name := labels("field.named", "name", f.Name, "title", labels(f.Title))
		if f.Value == "" {
			empty.WriteString("  " + name + " - " + labels(f.Why) + "\n")
			continue
		}
		size := labels("field.count", "count", strconv.FormatInt(f.Count, 10))
		if f.Limit > 0 {
			size = labels("field.count.limit", "count", strconv.FormatInt(f.Count, 10), "limit", strconv.FormatInt(f.Limit, 10))
		}
		if f.Over {
			size = labels("field.over", "count", strconv.FormatInt(f.Count, 10), "limit", strconv.FormatInt(f.Limit, 10), "over", strconv.FormatInt(f.Count-f.Limit, 10))
		}
		b.WriteString("\n" + strings.Repeat("=", 72) + "\n" + name + " (" + size + ")\n" + strings.Repeat("-", 72) + "\n" + f.Value + "\n")
	}
	if most := fm.p.Max(fit.LimitTotalChars); most > 0 {
		b.WriteString("\n" + strings.Repeat("=", 72) + "\n" + labels("field.total", "count", strconv.FormatInt(statement.Total(fields), 10), "limit", strconv.FormatInt(most, 10)) + "\n")
	}
	if empty.Len() > 0 {
		b.WriteString("\n" + strings.Repeat("=", 72) + "\n" + labels("field.empty") + "\n" + empty.String())
	}
	return crlf(b.String()), nil
}

// formList is the list of the files for programs, in the folder and in the
// bag: what each is, and of which originals it was made.
func formList(files []FormFile) []byte {
	rows := [][]string{{"name", "slot", "size", "sha256", "first_page", "pages", "exhibits", "made_from_sha256"}}
	for _, f := range files {
		exhibits := make([]string, len(f.Exhibits))
		for i, n := range f.Exhibits {
			exhibits[i] = itoa(n)
		}
		rows = append(rows, []string{
			f.Name, f.Slot, strconv.FormatInt(f.Size, 10), f.SHA256, itoa(f.First), itoa(f.Pages), strings.Join(exhibits, " "), strings.Join(f.Originals, " "),
		})
	}
	return csvFile(rows)
}
