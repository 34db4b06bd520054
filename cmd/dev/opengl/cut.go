package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// always stays: it loads the functions.
var always = map[string]bool{"Init": true, "InitWithProcAddrFunc": true}

// usedBy gives the names that the files below a folder use of a package.
func usedBy(dir, importPath string) (map[string]bool, error) {
	used := map[string]bool{}
	err := filepath.WalkDir(dir, func(at string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(at) != ".go" {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), at, nil, parser.ImportsOnly)
		if err != nil {
			return nil //nolint:nilerr // a file that is no Go, such as a test's data, uses nothing
		}
		name := nameOf(file, importPath)
		if name == "" {
			return nil
		}
		if file, err = parser.ParseFile(token.NewFileSet(), at, nil, 0); err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := sel.X.(*ast.Ident); ok && x.Name == name {
					used[sel.Sel.Name] = true
				}
			}
			return true
		})
		return nil
	})
	if err == nil && len(used) == 0 {
		err = fmt.Errorf("nothing in %s uses %s", dir, importPath)
	}
	return used, err
}

// nameOf is how a file calls a package, "" where it does not import it.
func nameOf(file *ast.File, importPath string) string {
	for _, i := range file.Imports {
		if p, err := strconv.Unquote(i.Path.Value); err != nil || p != importPath {
			continue
		}
		if i.Name != nil {
			return i.Name.Name
		}
		return path.Base(importPath)
	}
	return ""
}

// The preamble in C declares two things for each function: the type of its pointer, and
// what calls it.
var (
	pointerType = regexp.MustCompile(`^// typedef .*\(APIENTRYP GP(\w+)\)`)
	caller      = regexp.MustCompile(`^// static .*\bglow(\w+)\(GP\w+ fnptr`)
)

// cut leaves of a generated package what is wanted of its functions and constants.
func cut(text []byte, wanted map[string]bool) ([]byte, error) {
	const border = "\nimport \"C\"\n"
	c, _, found := bytes.Cut(text, []byte(border))
	if !found {
		return nil, fmt.Errorf("the file has no line %q", strings.TrimSpace(border))
	}
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "package.go", text, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	wanted = withCalled(file, wanted)
	out := append(cutC(c, wanted), border...)
	goes := cutGo(text, set, file, wanted)
	return format.Source(append(out, goes...))
}

// withCalled adds to what is wanted the functions in C that it calls: some have another
// name, or take another's pointer.
func withCalled(file *ast.File, wanted map[string]bool) map[string]bool {
	all := maps.Clone(wanted)
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || !wanted[f.Name.Name] {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if x, ok := n.(*ast.Ident); ok {
				for _, prefix := range []string{"glow", "gp"} {
					if name, ok := strings.CutPrefix(x.Name, prefix); ok {
						all[name] = true
					}
				}
			}
			return true
		})
	}
	return all
}

// cutC leaves out the lines of functions that are not wanted.
func cutC(text []byte, wanted map[string]bool) []byte {
	loud := map[string]bool{}
	for name := range wanted {
		loud[strings.ToUpper(name)] = true
	}
	var kept [][]byte
	drops := false
	for _, line := range bytes.Split(text, []byte("\n")) {
		if m := pointerType.FindSubmatch(line); m != nil && !loud[string(m[1])] {
			continue
		}
		if m := caller.FindSubmatch(line); m != nil {
			drops = !wanted[string(m[1])]
		}
		if !drops {
			kept = append(kept, line)
		}
		if string(line) == "// }" {
			drops = false
		}
	}
	return bytes.Join(kept, []byte("\n"))
}

// cutGo gives what follows the import of C.
func cutGo(text []byte, set *token.FileSet, file *ast.File, wanted map[string]bool) []byte {
	at := func(p token.Pos) int { return set.Position(p).Offset }
	var out bytes.Buffer
	out.WriteString("import (\n\t\"errors\"\n\t\"unsafe\"\n)\n")
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.GenDecl:
			if d.Tok == token.CONST || d.Tok == token.VAR {
				fmt.Fprintf(&out, "\n%s (\n", d.Tok)
				for _, s := range d.Specs {
					if name := s.(*ast.ValueSpec).Names[0].Name; wanted[strings.TrimPrefix(name, "gp")] {
						out.Write(text[at(s.Pos()):at(s.End())])
						out.WriteByte('\n')
					}
				}
				out.WriteString(")\n")
			}
		case *ast.FuncDecl:
			if d.Name.IsExported() && !wanted[d.Name.Name] && !always[d.Name.Name] {
				continue
			}
			if d.Name.Name == "InitWithProcAddrFunc" {
				d.Body.List = loads(d.Body.List, wanted)
			}
			from := d.Pos()
			if d.Doc != nil {
				from = d.Doc.Pos()
			}
			out.WriteByte('\n')
			out.Write(text[at(from) : at(d.Body.Lbrace)+1])
			for _, s := range d.Body.List {
				out.WriteByte('\n')
				out.Write(text[at(s.Pos()):at(s.End())])
			}
			out.WriteString("\n}\n")
		}
	}
	return out.Bytes()
}

// loads leaves of the statements that load functions those that are wanted: "gpX = ..."
// and "if gpX == nil ...", and what returns.
func loads(list []ast.Stmt, wanted map[string]bool) []ast.Stmt {
	var kept []ast.Stmt
	for _, s := range list {
		var x ast.Expr
		switch s := s.(type) {
		case *ast.AssignStmt:
			x = s.Lhs[0]
		case *ast.IfStmt:
			if c, ok := s.Cond.(*ast.BinaryExpr); ok {
				x = c.X
			}
		}
		if name, ok := x.(*ast.Ident); !ok || wanted[strings.TrimPrefix(name.Name, "gp")] {
			kept = append(kept, s)
		}
	}
	return kept
}

// Windows' library is linked to by this one call, and would be loaded with the program,
// before it can choose another; asked for by its name, it is the one that is loaded first.
const (
	linked = "\t\tvoid* pf = wglGetProcAddress((LPCSTR) name);\n"
	byName = `		if (ogl32dll == NULL) {
			ogl32dll = LoadLibraryA("opengl32.dll");
		}
		PROC (WINAPI *find)(LPCSTR) = (PROC (WINAPI *)(LPCSTR)) GetProcAddress(ogl32dll, "wglGetProcAddress");
		void* pf = find == NULL ? NULL : (void*) find((LPCSTR) name);
`
)

// loadLate has the file that finds functions ask for Windows' library by its name.
func loadLate(text []byte) ([]byte, error) {
	if !bytes.Contains(text, []byte(linked)) {
		return nil, fmt.Errorf("the file finds functions in another way than it did: see what loadLate is to do")
	}
	return bytes.Replace(text, []byte(linked), []byte(byName), 1), nil
}
