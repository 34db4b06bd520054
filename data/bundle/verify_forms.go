package bundle

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	tables "casebinder/data/table"
)

// checkForms checks the files that were made for a platform's form, where
// their list and its folder lie beside the bag.
func (v *Verification) checkForms(ctx context.Context, name string) error {
	dir, base := filepath.Split(filepath.Clean(name))
	if dir == "" {
		dir = "."
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil //nolint:nilerr // the folder above cannot be read: there is nothing to compare
	}
	defer func() { _ = root.Close() }()
	stem := strings.TrimSuffix(base, ".zip")
	for _, folder := range formFolders(root, stem) {
		if err := v.checkFormFolder(ctx, root, folder); err != nil {
			return err
		}
	}
	return nil
}

// formFolders are the folders beside a bag that were made with it.
func formFolders(root *os.Root, stem string) []string {
	const most = 100
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return nil
	}
	var found []string
	for _, e := range entries {
		if !e.IsDir() || !strings.HasPrefix(e.Name(), formFolder(stem, "")) || len(found) == most {
			continue
		}
		if info, err := root.Lstat(path.Join(e.Name(), formListName)); err == nil && info.Mode().IsRegular() {
			found = append(found, e.Name())
		}
	}
	return found
}

// checkFormFolder compares a folder with its list. Where the list is in the
// bag as well, that one counts, and both must be the same.
func (v *Verification) checkFormFolder(ctx context.Context, root *os.Root, folder string) error {
	listName := path.Join(folder, formListName)
	list, err := readSmall(root, listName)
	if err != nil {
		v.fail(listName, KindForm, sayFormRead, "reason", err)
		return nil
	}
	if inside, ok := v.Kept[inData+formListName]; ok && string(inside) != string(list) {
		v.fail(listName, KindForm, sayFormList)
		list = inside
	}
	rows, err := formRows(list)
	if err != nil {
		v.fail(listName, KindForm, sayFormNoList, "reason", err)
		return nil
	}
	for _, row := range rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		full := path.Join(folder, row.name)
		sum, err := hashBeside(ctx, root, full)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, fs.ErrNotExist):
			v.warn(full, KindForm, sayFormGone)
		case err != nil:
			v.fail(full, KindForm, sayFormRead, "reason", err)
		case sum != row.sum:
			v.fail(full, KindForm, sayFormSum, "is", sum, "path", formListName, "says", row.sum)
		default:
			v.FormFiles++
		}
	}
	return nil
}

type formRow struct {
	name, sum string
	from      []string // fingerprints of the originals that it was made of
}

// formRows reads the columns "name" and "sha256" of a list.
func formRows(list []byte) ([]formRow, error) {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(list), "\ufeff")))
	head, err := r.Read()
	if err != nil {
		return nil, errors.New(sayNoHeader.English)
	}
	name, sum := slices.Index(head, "name"), slices.Index(head, "sha256")
	if name < 0 || sum < 0 {
		return nil, errors.New(sayNoColumns.English)
	}
	from := slices.Index(head, "made_from_sha256")
	var rows []formRow
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		one := formRow{name: row[name], sum: row[sum]}
		if from >= 0 {
			one.from = strings.Fields(row[from])
		}
		if bare, ok := strings.CutPrefix(one.name, "'"); ok && tables.Guard(bare) == one.name {
			one.name = bare // the mark keeps a spreadsheet from taking it for a formula
		}
		// A name never leads out of the folder.
		if !filepath.IsLocal(one.name) || one.name == "." || strings.ContainsAny(one.name, `/\:`) {
			return nil, errors.New(sayOutside.English)
		}
		rows = append(rows, one)
	}
}

// readSmall reads a list of at most 16 MB.
func readSmall(root *os.Root, name string) ([]byte, error) {
	const most = 16 << 20
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && len(content) > most {
		err = errors.New(sayTooLong.English)
	}
	return content, errors.Join(err, f.Close())
}

// hashBeside hashes a regular file.
func hashBeside(ctx context.Context, root *os.Root, name string) (string, error) {
	info, err := root.Lstat(name)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", errors.New(sayNoFile.English)
	}
	f, err := root.Open(name)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	buf := make([]byte, 1<<20)
	for {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		n, err := f.Read(buf)
		h.Write(buf[:n])
		if errors.Is(err, io.EOF) {
			return hex.EncodeToString(h.Sum(nil)), nil
		}
		if err != nil {
			return "", err
		}
	}
}
