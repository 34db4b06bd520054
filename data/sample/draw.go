package sample

import (
	"fmt"
	"time"

	"casebinder/data"
)

// scene is what a drawing shows.
type scene struct {
	order    data.Order
	captured time.Time
	with     map[string]string
	exif     bool
}

// drawings are the kinds of evidence that the sample desk can make.
var drawings = map[string]func(scene) ([]byte, error){
	"invoice": drawInvoice,
}

func draw(kind string, s scene) ([]byte, error) {
	drawing, ok := drawings[kind]
	if !ok {
		return nil, fmt.Errorf("drawing %q: %w", kind, data.ErrNotFound)
	}
	return drawing(s)
}
