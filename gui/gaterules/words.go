package gaterules

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/pack"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

var problemLarge = data.DefineProblem("gate_words_large", data.ErrInvalid,
	"“{file}” is too large to be a file of words.", "Choose a .toml file that was saved from “Own words”.")

type wordsRow = kit.Numbered[desk.GateWords]

// wordsSheet lists the languages of the check, with what a shop added to each.
type wordsSheet struct {
	env   *room
	sheet *kit.OpenSheet
	table *kit.Table[wordsRow]
	save  *kit.Button
	reset *kit.Button
}

func (e *room) ownWords() *wordsSheet {
	s := &wordsSheet{env: e}
	s.save = kit.NewButton("gaterules.words.save", words.T("gaterules.words.save"), s.saveFile)
	s.reset = kit.NewButton("gaterules.words.reset", words.T("gaterules.words.reset"), s.resetChosen)
	s.table = kit.NewTable(e.UI, kit.TableOptions[wordsRow]{
		Name: "gaterules.words", Columns: wordsColumns(), OnSelect: s.chosen, Deeds: s.deeds,
		Source: func() kit.Source[wordsRow] {
			return kit.ListSource(func(ctx context.Context, _ kit.Order) ([]wordsRow, error) {
				all, err := e.desk.GateWords(ctx)
				return kit.Number(all), err
			}, kit.PlaceOf[desk.GateWords])
		},
	})
	s.chosen(wordsRow{}, false)
	body := container.NewBorder(kit.Prose(words.T("gaterules.words.text")), container.NewHBox(s.save, s.reset), nil, nil, s.table)
	s.sheet = e.UI.Open(kit.Sheet{
		Name: "gaterules.words", Title: words.T("gaterules.words.title"), Width: 900, Height: 560, Cancel: words.T("do.close"), Body: body, Heard: func() { s.table.Reload() },
		More: []kit.SheetExtra{{Name: "gaterules.words.import", Text: words.T("gaterules.words.import"), Do: s.importFile}},
	})
	s.table.Restart()
	return s
}

func languageName(code string) string {
	if code == "*" {
		return words.T("gaterules.words.all")
	}
	return words.LanguageNamed(code)
}

func wordsColumns() []kit.Column[wordsRow] {
	count := func(id string, of func(desk.GateWords) int) kit.Column[wordsRow] {
		return kit.Column[wordsRow]{
			ID: id, Title: "gaterules.words.col." + id, Width: 120, Right: true, Text: func(r wordsRow) string {
				if n := of(r.Row); n > 0 {
					return words.Number(int64(n))
				}
				return ""
			},
		}
	}
	added := count("added", func(w desk.GateWords) int { return w.Added })
	number := added.Text
	added.Text = func(r wordsRow) string {
		if r.Row.Broken != nil {
			return words.T("gaterules.words.broken")
		}
		return number(r)
	}
	added.Role = func(r wordsRow) kit.Role {
		if r.Row.Broken != nil {
			return kit.Warn
		}
		return kit.Plain
	}
	return []kit.Column[wordsRow]{
		{ID: "language", Title: "gaterules.words.col.language", Width: 200, Grow: true, Bold: true, Text: func(r wordsRow) string { return languageName(r.Row.Language) }},
		count("built_in", func(w desk.GateWords) int { return w.BuiltIn }),
		added,
		count("gone", func(w desk.GateWords) int { return w.Removed }),
		count("patterns", func(w desk.GateWords) int { return w.Patterns }),
	}
}

// chosen offers what can be done with the words of a language.
func (s *wordsSheet) chosen(r wordsRow, ok bool) {
	for button, on := range map[*kit.Button]bool{s.save: ok, s.reset: ok && r.Row.Own} {
		if on {
			button.Enable()
		} else {
			button.Disable()
		}
	}
	if ok && r.Row.Broken != nil && s.sheet != nil {
		s.sheet.Problem(r.Row.Broken)
	}
}

// saveFile writes the words of the chosen language, or a file to begin with.
func (s *wordsSheet) saveFile() {
	r, ok := s.table.Selected()
	if !ok {
		return
	}
	name := r.Row.Language
	if name == "*" {
		name = "all"
	}
	s.env.SaveFile(words.T("gaterules.words.save.title"), "words-"+name+".toml", func(path string) {
		kit.Do(func(ctx context.Context) (struct{}, error) {
			text, err := s.env.desk.ExportGateWords(ctx, r.Row.Language)
			if err == nil {
				err = os.WriteFile(path, text, 0o600)
			}
			if err != nil {
				return struct{}{}, fmt.Errorf("writing the words: %w", err)
			}
			return struct{}{}, nil
		}, func(_ struct{}, err error) {
			s.after(err, words.T("gaterules.words.saved", "path", path), "")
		})
	})
}

// importFile puts the words of a file into force.
func (s *wordsSheet) importFile() {
	s.env.ChooseFiles(words.T("gaterules.words.import.title"), []string{".toml"}, func(paths []string) {
		if len(paths) == 0 {
			return
		}
		path := paths[0]
		kit.Do(func(ctx context.Context) (desk.GateWords, error) { return s.take(ctx, path) }, func(took desk.GateWords, err error) {
			said := ""
			if err == nil {
				said = words.T("gaterules.words.imported", "language", languageName(took.Language), "n", words.Number(int64(took.Added+took.Removed+took.Patterns)))
			}
			s.after(err, said, said)
		})
	})
}

// take imports a file, and gives what the list says of its language then.
func (s *wordsSheet) take(ctx context.Context, path string) (desk.GateWords, error) {
	text, err := read(path)
	if err != nil {
		return desk.GateWords{}, err
	}
	return s.env.desk.ImportGateWords(ctx, filepath.Base(path), text)
}

func read(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the words: %w", err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, pack.MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("reading the words: %w", err)
	}
	if len(text) > pack.MaxBytes {
		return nil, problemLarge.New("file", filepath.Base(path))
	}
	return text, nil
}

// deeds are what can be done with the words of a language, which is chosen.
func (s *wordsSheet) deeds(r wordsRow) kit.Deeds {
	return kit.Deeds{
		{Text: words.T("gaterules.words.save"), Do: s.saveFile},
		{Text: words.T("gaterules.words.reset"), Do: s.resetChosen, Off: func() string {
			if r.Row.Own {
				return ""
			}
			return words.T("off.as_delivered")
		}},
		kit.Stays("stays.rule"),
	}
}

// resetChosen lets the built-in words count alone.
func (s *wordsSheet) resetChosen() {
	r, ok := s.table.Selected()
	if !ok || !r.Row.Own {
		return
	}
	kit.Do(func(ctx context.Context) (struct{}, error) {
		return struct{}{}, s.env.desk.ResetGateWords(ctx, r.Row.Language)
	}, func(_ struct{}, err error) {
		said := words.T("gaterules.words.was_reset", "language", languageName(r.Row.Language))
		s.after(err, said, said)
	})
}

// after shows what a deed did: its error, or the new list; back, where it is not
// "", is said with the way back.
func (s *wordsSheet) after(err error, said, back string) {
	s.sheet.SetStatus("")
	if err != nil {
		s.sheet.Problem(err)
		return
	}
	if back != "" {
		s.env.UI.Toast(back, s.env.Undo)
	}
	if !s.sheet.Closed() {
		s.sheet.ClearProblem()
		s.sheet.SetStatus(said)
		s.table.Reload()
	}
}
