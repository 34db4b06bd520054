package main

import (
	"encoding/json"
	"errors"
	"fmt"
)

// composing measures what makes a bundle: long talks, plans, the first page on
// the screen, and memory that must not grow with the exhibits.
func (b *bencher) composing() error {
	return errors.Join(b.talking(), b.planning(), b.previewing(), b.growing())
}

// limited adds a row that compares a time with a limit.
func (b *bencher) limited(work string, took, bar float64) {
	b.lines = append(b.lines, line{work: work, against: "a limit", ours: seconds(took), theirs: "-", value: took, bar: bar, unit: "s"})
}

// middle runs a word several times and gives the median of the seconds that it
// tells, or without any those of the process.
func (b *bencher) middle(clean string, args ...string) (float64, error) {
	var all []float64
	for range b.size.rounds {
		if err := b.remove(clean); err != nil {
			return 0, err
		}
		c, err := b.ours(args...)
		if err != nil {
			return 0, err
		}
		told := struct{ Seconds float64 }{c.seconds}
		if len(c.out) > 0 {
			if err := json.Unmarshal(c.out, &told); err != nil {
				return 0, fmt.Errorf("reading a time: %w", err)
			}
		}
		all = append(all, told.Seconds)
	}
	return quantile(all, 0.5), nil
}

func (b *bencher) talking() error {
	const messages = 5_000
	took, err := b.middle("talk", "talk", fmt.Sprint(messages), b.at("talk"))
	if err != nil {
		return err
	}
	b.limited(thousands(messages)+" messages in eleven languages into a verified bundle", took, 2)
	return b.remove("talk")
}

func (b *bencher) planning() error {
	const exhibits = 1_000
	took, err := b.middle("plan", "plan", fmt.Sprint(exhibits))
	if err != nil {
		return err
	}
	b.limited("a plan for "+thousands(exhibits)+" exhibits", took, 0.05)
	return nil
}

func (b *bencher) previewing() error {
	if err := b.make("a sample desk", "sample", b.at("sample")); err != nil {
		return err
	}
	took, err := b.middle("preview", "preview", b.at("sample"))
	if err != nil {
		return err
	}
	b.limited("the first page of the sample's preview", took, 0.2)
	return b.remove("sample")
}

// growing compares the memory of a few exhibits with that of many.
func (b *bencher) growing() error {
	few, err := b.ours("exhibits", "10", b.at("few"))
	if err != nil {
		return err
	}
	many, err := b.ours("exhibits", fmt.Sprint(b.size.exhibits), b.at("many"))
	if err != nil {
		return err
	}
	if few.peak > 0 {
		b.lines = append(b.lines, line{
			work: "memory of a bundle of " + thousands(b.size.exhibits) + " photos", against: "that of 10 photos",
			ours: fmt.Sprintf("%.0f MB", many.peak), theirs: fmt.Sprintf("%.0f MB", few.peak), value: many.peak / few.peak, bar: 1.5, unit: "x",
		})
	}
	return b.remove("few", "many")
}
