package kit

import (
	"encoding/json"
	"fmt"
	"os"
	"sync"
	"time"

	"fyne.io/fyne/v2"
)

// tracing writes what the window shows for testers outside of the program. It
// is off unless TraceTo was called.
var tracing struct {
	sync.Mutex
	file     *os.File
	err      error
	controls map[string]*control
}

type control struct {
	object fyne.CanvasObject
	last   [4]float32
}

// TraceTo begins to append a JSON line for each change of the window's state to
// a file.
func TraceTo(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return fmt.Errorf("opening the trace: %w", err)
	}
	tracing.Lock()
	defer tracing.Unlock()
	tracing.file, tracing.controls = file, map[string]*control{}
	return nil
}

// Tracing reports whether a trace is written.
func Tracing() bool {
	tracing.Lock()
	defer tracing.Unlock()
	return tracing.file != nil
}

// Event writes one line to the trace: {"event":"tab","name":"orders"}. Args
// are name, value pairs.
func Event(event string, args ...any) {
	tracing.Lock()
	defer tracing.Unlock()
	write(event, args...)
}

func write(event string, args ...any) {
	if tracing.file == nil || tracing.err != nil {
		return
	}
	line := map[string]any{"event": event, "at": time.Now().UnixMilli()}
	for i := 0; i+1 < len(args); i += 2 {
		line[fmt.Sprint(args[i])] = args[i+1]
	}
	text, err := json.Marshal(line)
	if err == nil {
		_, err = tracing.file.Write(append(text, '\n'))
	}
	tracing.err = err // a trace that broke stays silent: it must not disturb the window
}

// Trace names an object, so that the trace tells where on the window it is
// whenever that changes. Without a trace it does nothing.
func Trace(id string, o fyne.CanvasObject) {
	tracing.Lock()
	defer tracing.Unlock()
	if tracing.file != nil {
		old := tracing.controls[id]
		c := &control{object: o}
		if old != nil {
			c.last = old.last
		}
		tracing.controls[id] = c
	}
}

// TraceControls writes the place of each named object that has moved since the
// last time, and that it looked; one that is not shown has no size. Call it on the
// main goroutine.
func TraceControls(canvas fyne.Canvas) {
	tracing.Lock()
	defer tracing.Unlock()
	if tracing.file == nil {
		return
	}
	driver, scale := fyne.CurrentApp().Driver(), canvas.Scale()
	for id, c := range tracing.controls {
		pos := driver.AbsolutePositionForObject(c.object)
		if pos.IsZero() { // Fyne's answer for what is not on the window; nothing named stands in the corner
			place(id, c, [4]float32{})
			continue
		}
		size := c.object.Size()
		place(id, c, [4]float32{pos.X * scale, pos.Y * scale, size.Width * scale, size.Height * scale})
	}
	write("looked") // a window that is busy tells nothing: who waits for a place to stay must know that it was looked at
}

func place(id string, c *control, at [4]float32) {
	if c.last == at {
		return
	}
	c.last = at
	write("control", "id", id, "x", at[0], "y", at[1], "w", at[2], "h", at[3])
}
