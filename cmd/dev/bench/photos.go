package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"image"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"path/filepath"
)

const (
	photoWidth, photoHeight = 4000, 3000 // 12 MP
	photoScenes             = 6          // pictures that are drawn; each file gets a comment of its own
)

// makePhotos writes n JPEG files of 12 MP with the noise of a camera, about
// 3 MB each, no two the same.
func makePhotos(ctx context.Context, n int, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	scenes := make([][]byte, min(n, photoScenes))
	for i := range scenes {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, scene(uint64(i)), &jpeg.Options{Quality: 85}); err != nil {
			return err
		}
		scenes[i] = b.Bytes()
	}
	for i := range n {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		photo := withComment(scenes[i%len(scenes)], fmt.Sprintf("photo %d", i))
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("photo-%04d.jpg", i)), photo, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// scene draws soft shapes under noise, in the color space of JPEG.
func scene(seed uint64) *image.YCbCr {
	img := image.NewYCbCr(image.Rect(0, 0, photoWidth, photoHeight), image.YCbCrSubsampleRatio420)
	random := rand.New(rand.NewPCG(seed, 12))
	for y := range photoHeight {
		row := img.Y[y*img.YStride:]
		for x := 0; x < photoWidth; x += 8 {
			noise := random.Uint64()
			for i := range 8 {
				base := 60 + (x+i)*80/photoWidth + y*60/photoHeight + 30*(((x+i)/400+y/300+int(seed))%2)
				row[x+i] = uint8(base + int(noise>>(8*i)&31))
			}
		}
	}
	for i := range img.Cb {
		img.Cb[i] = uint8(118 + (i/500)%20)
		img.Cr[i] = uint8(124 + (i/900)%14)
	}
	return img
}

// withComment puts a comment segment behind a JPEG's first marker.
func withComment(photo []byte, comment string) []byte {
	out := append([]byte{}, photo[:2]...)
	out = append(out, 0xff, 0xfe)
	out = binary.BigEndian.AppendUint16(out, uint16(len(comment)+2))
	out = append(out, comment...)
	return append(out, photo[2:]...)
}

// makeBlobs writes files of 10 MB, that many megabytes together, which no
// compressor makes smaller.
func makeBlobs(ctx context.Context, megabytes int, dir string) error {
	const each = 10
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	random := rand.NewChaCha8([32]byte{1, 2, 3})
	block := make([]byte, each*1_000_000)
	for i := range (megabytes + each - 1) / each {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if _, err := random.Read(block); err != nil {
			return err
		}
		size := min(each, megabytes-i*each) * 1_000_000
		path := filepath.Join(dir, fmt.Sprintf("original-%04d.bin", i))
		if err := os.WriteFile(path, block[:size], 0o644); err != nil {
			return err
		}
		if err := noteSum(path, block[:size]); err != nil {
			return err
		}
	}
	return nil
}
