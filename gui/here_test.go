package gui

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"casebinder/assets"
	"casebinder/gui/words"
)

// Each tab, and each sheet that the code of any room opens by name, has a sentence
// for F1, and each sentence a place that it is of.
func TestEverySheetSaysWhatToDoThere(t *testing.T) {
	places := append(slices.Clone(tabNames), "bind")
	for name, where := range sheetNames(t) {
		if name == "shortcuts" { // is what F1 shows
			continue
		}
		places = append(places, name)
		for _, language := range words.Languages() {
			if !hasWords(t, language, "here."+name) {
				t.Errorf("%s opens the sheet %q, of which F1 says nothing in %s", where, name, language)
			}
		}
	}
	var said map[string]string
	text, err := assets.FS.ReadFile("lang/here.en.json")
	if err == nil {
		err = json.Unmarshal(text, &said)
	}
	if err != nil {
		t.Fatal(err)
	}
	for key := range said {
		if place, ok := strings.CutPrefix(key, "here."); ok && place != "keys" && place != "everywhere" && !slices.Contains(places, place) {
			t.Errorf("%s is of no tab and no sheet", key)
		}
	}
	if len(places) < 100 {
		t.Errorf("only %d tabs and sheets were found", len(places))
	}
}

func hasWords(t *testing.T, language, key string) bool {
	t.Helper()
	before := words.Language()
	defer words.Set(before)
	words.Set(language)
	return words.Has(key)
}

// askers open a sheet whose name is their argument of this place.
var askers = map[string]int{"Confirm": 0, "AskReason": 1, "ReasonSheet": 1}

// sheetNames are the names of all sheets, and where each is opened: of kit.Sheet and
// kit.FormSheet, of sheets that ask a question, and of names that a variable holds.
func sheetNames(t *testing.T) map[string]string {
	t.Helper()
	names := map[string]string{}
	set := token.NewFileSet()
	err := fs.WalkDir(os.DirFS("."), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") || strings.HasPrefix(path, "guitest/") {
			return err
		}
		file, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			return err
		}
		for _, decl := range file.Decls {
			namesIn(decl, func(name string, at token.Pos) { names[name] = set.Position(at).String() })
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// namesIn tells the names of the sheets that one declaration opens.
func namesIn(decl ast.Decl, tell func(name string, at token.Pos)) {
	held := map[string][]*ast.BasicLit{} // what variables called name are set to
	ast.Inspect(decl, func(n ast.Node) bool {
		if set, ok := n.(*ast.AssignStmt); ok && len(set.Lhs) == len(set.Rhs) {
			for i, left := range set.Lhs {
				id, named := left.(*ast.Ident)
				if text, ok := set.Rhs[i].(*ast.BasicLit); ok && named && text.Kind == token.STRING {
					held[id.Name] = append(held[id.Name], text)
				}
			}
		}
		return true
	})
	told := func(e ast.Expr) {
		switch e := e.(type) {
		case *ast.BasicLit:
			tell(unquoted(e), e.Pos())
		case *ast.Ident:
			for _, text := range held[e.Name] {
				tell(unquoted(text), text.Pos())
			}
		}
	}
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CompositeLit:
			told(sheetName(n))
		case *ast.CallExpr:
			called := calledName(n)
			if at, ok := askers[called]; ok && len(n.Args) > at+3 {
				told(n.Args[at])
			}
			if called == "deedSheet" && len(n.Args) == 3 { // of gui/feedback
				if text, ok := n.Args[0].(*ast.BasicLit); ok {
					tell("feedback."+unquoted(text), text.Pos())
				}
			}
		}
		return true
	})
}

// sheetName is the Name of a kit.Sheet or kit.FormSheet; nil of anything else.
func sheetName(c *ast.CompositeLit) ast.Expr {
	var kind string
	switch of := c.Type.(type) {
	case *ast.SelectorExpr:
		kind = of.Sel.Name
	case *ast.Ident:
		kind = of.Name
	}
	if kind != "Sheet" && kind != "FormSheet" {
		return nil
	}
	for _, e := range c.Elts {
		if field, ok := e.(*ast.KeyValueExpr); ok {
			if id, ok := field.Key.(*ast.Ident); ok && id.Name == "Name" {
				return field.Value
			}
		}
	}
	return nil
}

func calledName(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.SelectorExpr:
		return f.Sel.Name
	case *ast.Ident:
		return f.Name
	}
	return ""
}

func unquoted(text *ast.BasicLit) string {
	plain, err := strconv.Unquote(text.Value)
	if err != nil {
		return text.Value
	}
	return plain
}
