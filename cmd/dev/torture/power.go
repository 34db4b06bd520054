package main

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// A node is a file or folder in two states: as it is, and as the disk has it.
type node struct {
	folder bool
	mode   fs.FileMode
	now    []byte
	disk   []byte
	later  []operation // writes and cuts since the last flush
	names  map[string]*node
	onDisk map[string]*node
}

func newNode(folder bool, mode fs.FileMode) *node {
	return &node{folder: folder, mode: mode, names: map[string]*node{}, onDisk: map[string]*node{}}
}

// readNode takes in a file or folder that is on the disk.
func readNode(path string) (*node, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	n := newNode(info.IsDir(), info.Mode().Perm())
	if !n.folder {
		n.now, err = os.ReadFile(path)
		n.disk = n.now
		return n, err
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		kid, err := readNode(filepath.Join(path, entry.Name()))
		if err != nil {
			return nil, err
		}
		n.names[entry.Name()], n.onDisk[entry.Name()] = kid, kid
	}
	return n, nil
}

// A disk is a folder of which it is known what was flushed.
type disk struct {
	top  string
	root *node
}

// find gives the folder in which a path lies, its name there, and what it names.
func (d *disk) find(path string) (parent *node, name string, n *node) {
	rel, err := filepath.Rel(d.top, path)
	if err != nil {
		return nil, "", nil
	}
	n = d.root
	if rel == "." {
		return nil, "", n
	}
	for _, part := range strings.Split(rel, string(filepath.Separator)) {
		if n == nil || !n.folder {
			return nil, "", nil
		}
		parent, name = n, part
		n = n.names[part]
	}
	return parent, name, n
}

// do carries out an operation.
func (d *disk) do(o operation) {
	parent, name, n := d.find(o.path)
	switch o.kind {
	case opCreate:
		if n == nil && parent != nil {
			parent.names[name] = newNode(false, 0o600)
		} else if n != nil && o.cut {
			n.change(operation{kind: opTruncate})
		}
	case opFolder:
		if n == nil && parent != nil {
			parent.names[name] = newNode(true, 0o700)
		}
	case opRemove:
		if parent != nil {
			delete(parent.names, name)
		}
	case opRename:
		to, as, _ := d.find(o.to)
		if n != nil && to != nil {
			delete(parent.names, name)
			to.names[as] = n
		}
	case opSync:
		if n != nil {
			n.flush()
		}
	default:
		if n != nil {
			n.change(o)
		}
	}
}

// change writes to a file, or cuts it.
func (n *node) change(o operation) {
	n.now = applied(n.now, o)
	n.later = append(n.later, o)
}

// applied gives a file's content after an operation.
func applied(content []byte, o operation) []byte {
	switch {
	case o.kind == opTruncate && o.at <= int64(len(content)):
		return content[:o.at:o.at]
	case o.kind == opGrow && o.at <= int64(len(content)):
		return content
	}
	size := max(int64(len(content)), o.at+int64(len(o.data)))
	fresh := make([]byte, size)
	copy(fresh, content)
	copy(fresh[o.at:], o.data)
	return fresh
}

func (n *node) flush() {
	if !n.folder {
		n.disk, n.later = n.now, nil
		return
	}
	n.onDisk = map[string]*node{}
	for name, kid := range n.names {
		n.onDisk[name] = kid
	}
}

// write lays out what is left after the power was cut. keep, when there is one,
// decides by lot what of the rest was written all the same.
func (n *node) write(path string, keep *rand.Rand) error {
	if !n.folder {
		content := n.disk
		for _, o := range n.later {
			if keep != nil && keep.IntN(2) == 0 {
				content = applied(content, o)
			}
		}
		return os.WriteFile(path, content, n.mode)
	}
	if err := os.MkdirAll(path, n.mode); err != nil {
		return err
	}
	names := n.onDisk
	if keep != nil && keep.IntN(2) == 0 {
		names = n.names
	}
	for name, kid := range names {
		if strings.HasSuffix(name, "-shm") { // it is memory, and made anew
			continue
		}
		if err := kid.write(filepath.Join(path, name), keep); err != nil {
			return err
		}
	}
	return nil
}

// A recording is a scenario's command with all its operations, made once in each
// rig that needs it: the paths are part of it.
type recording struct {
	mu   sync.Mutex
	made map[string]*outcome
}

func (c *recording) of(ctx context.Context, r *rig, s scenario, state string) (*outcome, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if o := c.made[r.work]; o != nil {
		return o, nil
	}
	if err := r.lay(state); err != nil {
		return nil, err
	}
	o, err := r.trace(ctx, s, plan{record: true})
	if err == nil && o.code != 0 {
		err = fmt.Errorf("exit code %d without any harm: %s", o.code, o.said)
	}
	if err != nil {
		return nil, err
	}
	c.made[r.work] = o
	return o, nil
}

// cuts cuts the power at operations spread over a scenario, every other time
// keeping a part of what was not flushed; the last time after its end.
func (b *base) cuts(s scenario, state string, n int) (jobs []job) {
	shared := &recording{made: map[string]*outcome{}}
	for i := range n {
		jobs = append(jobs, job{kind: "a power cut", name: s.name, run: func(ctx context.Context, r *rig) error {
			o, err := shared.of(ctx, r, s, state)
			if err != nil {
				return err
			}
			var keep *rand.Rand
			if i%2 == 1 && i < n-1 {
				keep = b.lots(fmt.Sprint(s.name, i))
			}
			return r.cut(ctx, s, state, o, len(o.ops)*(i+1)/n, keep)
		}})
	}
	return jobs
}

// everyCut cuts the power after each operation of a scenario, about so many, and
// keeps nothing of what was not flushed.
func (b *base) everyCut(s scenario, state string, n int) (jobs []job) {
	shared := &recording{made: map[string]*outcome{}}
	for at := range n + 1 {
		jobs = append(jobs, job{kind: "a power cut at every operation", name: s.name, run: func(ctx context.Context, r *rig) error {
			o, err := shared.of(ctx, r, s, state)
			if err != nil {
				return err
			}
			return r.cut(ctx, s, state, o, min(at, len(o.ops)), nil)
		}})
	}
	return jobs
}

// cut lays out what a disk has after so many operations of a recorded command,
// and looks at it.
func (r *rig) cut(ctx context.Context, s scenario, state string, o *outcome, at int, keep *rand.Rand) error {
	before, err := readNode(state)
	if err != nil {
		return err
	}
	d := &disk{top: r.work, root: before}
	for _, op := range o.ops[:at] {
		d.do(op)
	}
	if err := os.RemoveAll(r.work); err != nil {
		return err
	}
	if err := d.root.write(r.work, keep); err != nil {
		return err
	}
	if err := s.check(ctx, r, at == len(o.ops)); err != nil {
		return fmt.Errorf("after operation %d of %d, a part kept: %v: %w", at, len(o.ops), keep != nil, err)
	}
	return nil
}
