// Command drop drags files onto a window of an X display and lets them go
// there, as a file manager does (XDND, version 5).
//
// Its one rule: it speaks the protocol alone and knows nothing of the program
// that it drops on. The contributor's tool builds and starts it.
//
//	drop TITLE X Y FILE...
//
// TITLE is how the window's title begins; X and Y are pixels of the display. It
// exits with 0 when the window took the files, else with 1.
package main

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// patience is how long the window has to answer each message.
const patience = 10 * time.Second

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "drop:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) < 4 {
		return errors.New("the words are: drop TITLE X Y FILE, with one file or more")
	}
	x, errX := strconv.Atoi(args[1])
	y, errY := strconv.Atoi(args[2])
	if err := errors.Join(errX, errY); err != nil {
		return fmt.Errorf("reading the place: %w", err)
	}
	list, err := uriList(args[3:])
	if err != nil {
		return err
	}
	xgb.Logger.SetOutput(io.Discard) // it complains of displays that want no password
	conn, err := xgb.NewConn()
	if err != nil {
		return fmt.Errorf("opening the display: %w", err)
	}
	defer conn.Close()
	s := &source{conn: conn, list: list, atoms: map[string]xproto.Atom{}, events: make(chan xgb.Event)}
	if err := s.prepare(args[0]); err != nil {
		return err
	}
	go s.listen()
	return s.drag(x, y)
}

// uriList writes paths as text/uri-list (RFC 2483).
func uriList(paths []string) (string, error) {
	var b strings.Builder
	for _, p := range paths {
		whole, err := filepath.Abs(p)
		if err != nil {
			return "", fmt.Errorf("finding %s: %w", p, err)
		}
		if _, err := os.Stat(whole); err != nil {
			return "", fmt.Errorf("looking at what is to be dropped: %w", err)
		}
		b.WriteString((&url.URL{Scheme: "file", Path: whole}).String() + "\r\n")
	}
	return b.String(), nil
}

// A source is the side of a drag that has the files.
type source struct {
	conn         *xgb.Conn
	root, window xproto.Window
	target       xproto.Window
	list         string
	atoms        map[string]xproto.Atom
	events       chan xgb.Event
}

// The names of the protocol.
var names = []string{
	"XdndAware", "XdndSelection", "XdndEnter", "XdndPosition", "XdndStatus", "XdndDrop", "XdndFinished", "XdndActionCopy",
	"text/uri-list", "TARGETS", "_NET_WM_NAME", "UTF8_STRING",
}

// prepare names the protocol's words, finds the window and makes one of its own
// that owns the selection.
func (s *source) prepare(title string) error {
	setup := xproto.Setup(s.conn).DefaultScreen(s.conn)
	s.root = setup.Root
	for _, name := range names {
		reply, err := xproto.InternAtom(s.conn, false, uint16(len(name)), name).Reply()
		if err != nil {
			return fmt.Errorf("naming %s: %w", name, err)
		}
		s.atoms[name] = reply.Atom
	}
	if s.target = s.find(s.root, title); s.target == 0 {
		return fmt.Errorf("no window whose title begins with %q takes drops", title)
	}
	id, err := xproto.NewWindowId(s.conn)
	if err != nil {
		return fmt.Errorf("making a window: %w", err)
	}
	s.window = id
	err = xproto.CreateWindowChecked(s.conn, 0, id, s.root, 0, 0, 1, 1, 0, xproto.WindowClassInputOnly, 0, 0, nil).Check()
	if err != nil {
		return fmt.Errorf("making a window: %w", err)
	}
	if err := xproto.SetSelectionOwnerChecked(s.conn, id, s.atoms["XdndSelection"], xproto.TimeCurrentTime).Check(); err != nil {
		return fmt.Errorf("owning what is dragged: %w", err)
	}
	return nil
}

// find looks below a window for one that takes drops and has a title.
func (s *source) find(at xproto.Window, title string) xproto.Window {
	if len(s.property(at, s.atoms["XdndAware"])) > 0 && strings.HasPrefix(s.title(at), title) {
		return at
	}
	tree, err := xproto.QueryTree(s.conn, at).Reply()
	if err != nil {
		return 0 // it was closed meanwhile
	}
	for _, child := range tree.Children {
		if found := s.find(child, title); found != 0 {
			return found
		}
	}
	return 0
}

func (s *source) title(w xproto.Window) string {
	if name := s.property(w, s.atoms["_NET_WM_NAME"]); len(name) > 0 {
		return string(name)
	}
	return string(s.property(w, xproto.AtomWmName))
}

func (s *source) property(w xproto.Window, name xproto.Atom) []byte {
	reply, err := xproto.GetProperty(s.conn, false, w, name, xproto.GetPropertyTypeAny, 0, 1024).Reply()
	if err != nil {
		return nil
	}
	return reply.Value
}

// listen hands events on; the window's requests for the list come among them.
func (s *source) listen() {
	for {
		event, err := s.conn.WaitForEvent()
		if event == nil && err == nil {
			close(s.events)
			return
		}
		if event != nil {
			s.events <- event
		}
	}
}

// drag enters the window, moves over it, lets go, and waits for its thanks.
func (s *source) drag(x, y int) error {
	const version = 5
	if err := s.send("XdndEnter", version<<24, uint32(s.atoms["text/uri-list"]), 0, 0); err != nil {
		return err
	}
	place := uint32(x)<<16 | uint32(y)
	if err := s.send("XdndPosition", 0, place, xproto.TimeCurrentTime, uint32(s.atoms["XdndActionCopy"])); err != nil {
		return err
	}
	status, err := s.wait("XdndStatus")
	if err != nil {
		return err
	}
	if status[1]&1 == 0 {
		return errors.New("the window does not take what is dragged over it")
	}
	if err := s.send("XdndDrop", 0, xproto.TimeCurrentTime, 0, 0); err != nil {
		return err
	}
	finished, err := s.wait("XdndFinished")
	// The protocol means bit 0; GLFW answers with how much it took.
	if err == nil && finished[1] == 0 {
		err = errors.New("the window did not take what was dropped")
	}
	return err
}

func (s *source) send(kind string, data ...uint32) error {
	event := xproto.ClientMessageEvent{
		Format: 32, Window: s.target, Type: s.atoms[kind],
		Data: xproto.ClientMessageDataUnionData32New(append([]uint32{uint32(s.window)}, data...)),
	}
	if err := xproto.SendEventChecked(s.conn, false, s.target, 0, string(event.Bytes())).Check(); err != nil {
		return fmt.Errorf("sending %s: %w", kind, err)
	}
	return nil
}

// wait serves the window until it sends a message of a kind.
func (s *source) wait(kind string) ([]uint32, error) {
	timeout := time.After(patience)
	for {
		select {
		case <-timeout:
			return nil, fmt.Errorf("the window sent no %s within %s", kind, patience)
		case event, open := <-s.events:
			if !open {
				return nil, errors.New("the display has gone")
			}
			switch e := event.(type) {
			case xproto.SelectionRequestEvent:
				if err := s.serve(e); err != nil {
					return nil, err
				}
			case xproto.ClientMessageEvent:
				if e.Type == s.atoms[kind] {
					return e.Data.Data32, nil
				}
			}
		}
	}
}

// serve gives the window the list that it asks for.
func (s *source) serve(r xproto.SelectionRequestEvent) error {
	answer := xproto.SelectionNotifyEvent{Time: r.Time, Requestor: r.Requestor, Selection: r.Selection, Target: r.Target, Property: r.Property}
	var err error
	switch r.Target {
	case s.atoms["text/uri-list"]:
		err = xproto.ChangePropertyChecked(s.conn, xproto.PropModeReplace, r.Requestor, r.Property, r.Target, 8,
			uint32(len(s.list)), []byte(s.list)).Check()
	case s.atoms["TARGETS"]:
		one := make([]byte, 4)
		xgb.Put32(one, uint32(s.atoms["text/uri-list"]))
		err = xproto.ChangePropertyChecked(s.conn, xproto.PropModeReplace, r.Requestor, r.Property, xproto.AtomAtom, 32, 1, one).Check()
	default:
		answer.Property = 0
	}
	if err != nil {
		return fmt.Errorf("handing over the list: %w", err)
	}
	if err := xproto.SendEventChecked(s.conn, false, r.Requestor, 0, string(answer.Bytes())).Check(); err != nil {
		return fmt.Errorf("handing over the list: %w", err)
	}
	return nil
}
