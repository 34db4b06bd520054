package loop

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// A clock whose waits pass at once.
type clock struct {
	at     time.Time
	waits  []time.Duration
	events map[int]time.Duration // in which wait an event comes, and when
	typing bool
}

func (c *clock) now() time.Time { return c.at }

func (c *clock) wait(limit time.Duration) {
	took := limit
	if at, comes := c.events[len(c.waits)]; comes {
		took = at
	}
	c.waits = append(c.waits, limit)
	c.at = c.at.Add(took)
}

func (c *clock) run(p *pace, frames int) {
	for range frames {
		c.at = c.at.Add(time.Second / 60)
		p.tick(c.now)
	}
}

func newClock() (*clock, *pace) {
	c := &clock{at: time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC), events: map[int]time.Duration{}}
	return c, &pace{slice: shortest, typing: func() bool { return c.typing }, wait: c.wait}
}

// While nothing comes, each rest is longer than the one before, up to a quarter of a second.
func TestRestsGrow(t *testing.T) {
	c, p := newClock()
	c.run(p, 40)
	if c.waits[0] != 20*time.Millisecond || c.waits[1] != 25*time.Millisecond || c.waits[39] != 250*time.Millisecond {
		t.Errorf("rests %v", c.waits)
	}
	from := c.at
	c.run(p, 60)
	if passed := c.at.Sub(from); passed < 15*time.Second {
		t.Errorf("60 turns of the loop took %s, want 60 rests of 250 ms", passed)
	}
}

// An event is answered with a loop that stays awake, frame by frame, for 600 ms.
func TestEventKeepsAwake(t *testing.T) {
	c, p := newClock()
	c.events[30] = 3 * time.Millisecond
	c.run(p, 31)
	rested, at := len(c.waits), c.at
	c.run(p, 35) // 583 ms
	if len(c.waits) != rested {
		t.Fatalf("it rested %d times within %s after an event", len(c.waits)-rested, c.at.Sub(at))
	}
	c.run(p, 3)
	if len(c.waits) == rested || c.waits[rested] != 20*time.Millisecond {
		t.Errorf("after 600 ms the rests are %v, want them to begin with 20 ms", c.waits[rested:])
	}
}

// An event near the end of a rest cannot be told from a clock that ticks coarsely: the
// rests begin with short ones again.
func TestEventNearTheEndOfARest(t *testing.T) {
	c, p := newClock()
	c.events[30] = 240 * time.Millisecond
	c.run(p, 32)
	if got := c.waits[31]; got != 20*time.Millisecond {
		t.Errorf("the next rest is %s, want 20 ms", got)
	}
}

// A caret blinks ten times a second at least.
func TestCaretBlinks(t *testing.T) {
	c, p := newClock()
	c.typing = true
	c.run(p, 60)
	for _, w := range c.waits {
		if w > 100*time.Millisecond {
			t.Fatalf("a rest of %s while a caret blinks", w)
		}
	}
}

// Where something is on its way to the main goroutine, the loop does not rest.
func TestNoRestBeforeWhatComes(t *testing.T) {
	c, p := newClock()
	coming.Add(1)
	defer coming.Add(-1)
	c.run(p, 5)
	if len(c.waits) > 0 {
		t.Errorf("it rested %v", c.waits)
	}
}

// Everything that the window brings onto its main goroutine wakes the loop.
func TestNobodyGoesPastDo(t *testing.T) {
	past := regexp.MustCompile(`\bfyne\.Do(AndWait)?\(`)
	err := filepath.WalkDir("..", func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || slices.Contains([]string{"loop.go", "loop_test.go", "trace.go"}, d.Name()) {
			return err
		}
		text, err := os.ReadFile(path)
		if past.Match(text) {
			t.Errorf("%s brings its work past loop.Do: it would wait until the rest is over", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
