package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
)

// labels compares the reading of codes in photos with zbar's. The photos lie as they
// come; each number must be read.
func (b *bencher) labels() error {
	n := b.size.photos
	if err := b.make(fmt.Sprintf("%d photos of labels", n), "make-labels", fmt.Sprint(n), b.at("labels")); err != nil {
		return err
	}
	photos, err := filepath.Glob(b.at("labels/*.jpg"))
	if err != nil {
		return fmt.Errorf("listing the photos: %w", err)
	}
	if err := b.make("the compiled reader", "labels", b.at("none"), b.at("cache")); err != nil {
		return err
	}
	var told struct{ Pictures, Read int }
	known := 0
	ours, theirs, err := b.rounds(b.size.rounds, func() error { return nil },
		func() (cost, error) {
			c, err := b.ours("labels", b.at("labels"), b.at("cache"))
			if err == nil {
				err = json.Unmarshal(c.out, &told)
			}
			return c, err
		},
		func() (cost, error) {
			// It ends with an error where it finds nothing in one of them.
			c, err := b.measure("", append([]string{"sh", "-c", `zbarimg --nodbus --quiet --raw "$@" || [ $? = 4 ]`, "zbarimg"}, photos...)...)
			known = len(bytes.Fields(c.out))
			return c, err
		})
	if err != nil {
		return err
	}
	if told.Read < told.Pictures*92/100 {
		return fmt.Errorf("%d of %d labels were read", told.Read, told.Pictures)
	}
	work := fmt.Sprintf("read %d photos of labels (%d read, %.1f a second of one core), processor time", told.Pictures, told.Read, float64(told.Pictures)/ours.cpu)
	b.against(work, fmt.Sprintf("zbarimg (%d read)", known), ours.cpu, theirs.cpu, 2)
	b.memory("read photos of labels, memory", ours.peak, theirs.peak, 200)
	return b.remove("labels", "cache")
}
