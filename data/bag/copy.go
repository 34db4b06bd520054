package bag

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"casebinder/data"
)

// Copy writes one file of the bag at a path, a folder or a ZIP, to w. Its name is
// that inside of the bag, with forward slashes. A bag that is not safe to read is
// of data.ErrDamaged, a file that is not there of data.ErrNotFound.
func Copy(ctx context.Context, path, name string, w io.Writer) (err error) {
	var r Report
	src, done, err := openBag(ctx, path, &r)
	if err != nil {
		return fmt.Errorf("opening a bag: %w", err)
	}
	defer func() { err = errors.Join(err, done()) }()
	if src == nil || !r.sound() {
		return fmt.Errorf("opening a bag: %s: %w", r.firstFailure(), data.ErrDamaged)
	}
	e, ok := src.files[name]
	if !ok {
		return fmt.Errorf("%s in a bag: %w", name, data.ErrNotFound)
	}
	f, err := e.open()
	if err != nil {
		return fmt.Errorf("opening %s in a bag: %w", name, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := io.Copy(w, io.LimitReader(ctxReader{ctx, f}, e.size)); err != nil {
		return fmt.Errorf("copying %s out of a bag: %w", name, err)
	}
	return nil
}

// openBag opens a bag, and gives what closes it.
func openBag(ctx context.Context, path string, r *Report) (*source, func() error, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, err
	}
	if info.IsDir() {
		root, err := os.OpenRoot(path)
		if err != nil {
			return nil, nil, err
		}
		src, err := openFolder(ctx, root, VerifyOptions{}, r)
		if err != nil {
			return nil, nil, errors.Join(err, root.Close())
		}
		return src, root.Close, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	return openZip(f, info.Size(), VerifyOptions{}, r), f.Close, nil
}
