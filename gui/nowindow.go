package gui

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"os"
	"runtime"
	"sync"

	"github.com/ncruces/zenity"

	"casebinder/gui/words"
)

// tellNoWindow says why no window can open and what to do: on the error
// output, and where the system has message boxes that need no OpenGL, in one.
func tellNoWindow(err error) {
	text := words.T("nowindow.text", "error", err)
	if dir := mesaDir(); dir != "" {
		text += "\n\n" + words.T("nowindow.mesa", "dir", dir)
	}
	fmt.Fprintln(os.Stderr, text)
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		if boxErr := zenity.Error(text, zenity.Title("Casebinder")); boxErr != nil {
			fmt.Fprintln(os.Stderr, boxErr)
		}
	}
}

// fyneLog passes the toolkit's log on and looks for the one message after
// which the toolkit ends the program: that no window can be made.
type fyneLog struct {
	to     io.Writer
	mu     sync.Mutex
	failed bool
}

func (l *fyneLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case bytes.Contains(p, []byte("window creation error")), bytes.Contains(p, []byte("failed to initialise GLFW")),
		bytes.Contains(p, []byte("failed to initialise OpenGL")):
		l.failed = true
	case l.failed && bytes.Contains(p, []byte("Cause:")):
		l.failed = false
		_, cause, _ := bytes.Cut(p, []byte("Cause:"))
		if startWithMesa() {
			os.Exit(0) // the window opens there
		}
		tellNoWindow(fmt.Errorf("%s", bytes.TrimSpace(cause)))
		os.Exit(1) // the toolkit would go on without a picture
	}
	return l.to.Write(p)
}

// watchFyneLog looks into the toolkit's log until the returned function is
// called. When it finds no OpenGL, the toolkit says so only there, and calls os.Exit
// or goes on with nothing to draw by.
func watchFyneLog() (restore func()) {
	before := log.Writer()
	log.SetOutput(&fyneLog{to: before})
	return func() { log.SetOutput(before) }
}
