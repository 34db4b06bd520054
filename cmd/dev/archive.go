package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// A packed file goes into a release under a name.
type packed struct {
	name string
	from string
	mode os.FileMode
}

func writeTar(path string, r release, files []packed) error {
	return writeArchive(path, func(f io.Writer) error {
		gz, err := gzip.NewWriterLevel(f, gzip.BestCompression)
		if err != nil {
			return err
		}
		tw := tar.NewWriter(gz)
		for _, p := range files {
			content, err := os.ReadFile(p.from)
			if err != nil {
				return err
			}
			h := &tar.Header{Name: r.name() + "/" + p.name, Mode: int64(p.mode), Size: int64(len(content)), ModTime: r.stamp, Format: tar.FormatPAX}
			if err := tw.WriteHeader(h); err != nil {
				return err
			}
			if _, err := tw.Write(content); err != nil {
				return err
			}
		}
		return errors.Join(tw.Close(), gz.Close())
	})
}

func writeZip(path string, r release, files []packed) error {
	return writeArchive(path, func(f io.Writer) error {
		zw := zip.NewWriter(f)
		for _, p := range files {
			content, err := os.ReadFile(p.from)
			if err != nil {
				return err
			}
			h := &zip.FileHeader{Name: r.name() + "/" + p.name, Method: zip.Deflate, Modified: r.stamp}
			h.SetMode(p.mode)
			w, err := zw.CreateHeader(h)
			if err != nil {
				return err
			}
			if _, err := w.Write(content); err != nil {
				return err
			}
		}
		return zw.Close()
	})
}

// writeArchive writes beside the final name first, so that a release is whole
// or not there.
func writeArchive(path string, fill func(io.Writer) error) error {
	part := path + ".part"
	f, err := os.Create(part)
	if err != nil {
		return fmt.Errorf("making the release: %w", err)
	}
	err = errors.Join(fill(f), f.Close())
	if err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("packing %s: %w", filepath.Base(path), err), os.Remove(part))
	}
	return nil
}

// moveFile puts a finished file into its place, also onto another disk, whole or not.
func moveFile(from, to string) error {
	return writeArchive(to, func(w io.Writer) error {
		f, err := os.Open(from)
		if err != nil {
			return err
		}
		_, err = io.Copy(w, f)
		return errors.Join(err, f.Close())
	})
}
