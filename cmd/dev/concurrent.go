package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
)

// A listed is a package as go list tells of it.
type listed struct {
	ImportPath                         string
	Dir                                string
	GoFiles, TestGoFiles, XTestGoFiles []string
}

// concurrent lists the packages that the race detector has to look at: those
// whose code or tests start a goroutine or a child. Elsewhere nothing can race.
func (t *tool) concurrent() (paths []string, all int, err error) {
	text, err := t.output("go", "list", "-tags", checkTags, "-json=ImportPath,Dir,GoFiles,TestGoFiles,XTestGoFiles", "./...")
	if err != nil {
		return nil, 0, err
	}
	for d := json.NewDecoder(strings.NewReader(text)); d.More(); all++ {
		var p listed
		if err := d.Decode(&p); err != nil {
			return nil, 0, fmt.Errorf("reading what go list says: %w", err)
		}
		starts, err := p.starts()
		if err != nil {
			return nil, 0, err
		}
		if starts {
			paths = append(paths, p.ImportPath)
		}
	}
	if len(paths) == 0 {
		return nil, all, errNoGo
	}
	return paths, all, nil
}

// starts reports whether a package starts something that runs beside it.
func (p listed) starts() (bool, error) {
	tests := 0
	for _, names := range [][]string{p.TestGoFiles, p.XTestGoFiles} {
		tests += len(names)
	}
	if tests == 0 {
		return false, nil // nothing would run under the detector
	}
	for _, names := range [][]string{p.GoFiles, p.TestGoFiles, p.XTestGoFiles} {
		for _, name := range names {
			file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				return false, fmt.Errorf("reading %s: %w", name, err)
			}
			if startsSomething(file) {
				return true, nil
			}
		}
	}
	return false, nil
}

// startsSomething looks for a go statement, a call of a method or function
// named Go (errgroup's, WaitGroup's, the window's), and a command that is made.
func startsSomething(file *ast.File) bool {
	found := false
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			found = true
		case *ast.CallExpr:
			if name := called(n.Fun); name == "Go" || name == "exec.Command" || name == "exec.CommandContext" {
				found = true
			}
		}
		return !found
	})
	return found
}

// called is the name of what a call calls: "Go" of any value or package, but
// "exec.Command" with its package.
func called(fun ast.Expr) string {
	switch f := fun.(type) {
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok && x.Name == "exec" {
			return "exec." + f.Sel.Name
		}
		return f.Sel.Name
	case *ast.IndexExpr:
		return called(f.X)
	}
	return ""
}
