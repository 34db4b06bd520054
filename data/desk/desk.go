package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/user"
	"path/filepath"
	"reflect"
	"sync"
	"time"

	"github.com/google/uuid"

	"casebinder/data"
	"casebinder/data/barcode"
	"casebinder/data/buyer"
	"casebinder/data/pages"
	"casebinder/data/policy"
	"casebinder/data/store"
	"casebinder/data/vault"
	"casebinder/data/watch"
)

// The parts of a desk's folder.
const (
	databaseName = "casebinder.db"
	vaultName    = "vault"
	backupName   = "backups"
	cacheName    = "cache" // small pictures and compiled code; may be deleted at any time
)

// Options say how a desk is opened.
type Options struct {
	Operator   string           // who works; goes into the journal. "" takes the system's user name
	Now        func() time.Time // nil: time.Now
	Version    string           // of the program; printed in bundles
	Annex      []string         // command that calls pdf.AnnexMain, for reading PDFs that are not trusted; none: in this process
	Pages      []string         // command that calls pages.Main, for pictures of pages; none: in this process
	Codes      []string         // command that calls barcode.Main, for the codes in pictures; none: in this process
	Settled    bool             // what the rules of a new version move has moved before Open returns, however long that takes: for commands
	CheckAfter time.Duration    // how long the weekly check waits for the first screen; 0: a minute
	CodeDir    string           // where compiled code is kept for all desks; "" is a folder of this desk
}

// Progress hears how far a long job is. total is 0 when it is not known; what
// is a key of the language files ("progress.reading"). It may be nil.
type Progress func(done, total int64, what string)

func (p Progress) tell(done, total int64, what string) {
	if p != nil {
		p(done, total, what)
	}
}

// Event tells what an action changed, after it was committed.
type Event = data.ChangeEvent

// Desk is one open desk: a folder with its database and its evidence.
type Desk struct {
	dir      string
	cache    string // folder of small pictures and of copies for viewers
	readOnly bool
	now      func() time.Time
	version  string
	annex    []string
	viewer   *pages.Viewer
	codes    *barcode.Reader
	lock     *lock
	store    *store.Store
	vault    *vault.Vault

	life   context.Context // ends with Close
	end    context.CancelFunc
	behind sync.WaitGroup // work in the background

	rulesMu sync.Mutex
	gate    gateInForce
	risk    riskInForce
	rules   *policy.Rules // nil until they are first asked for

	riskMu sync.Mutex // the reviews are kept by one at a time
	keyMu  sync.Mutex // the signing key is made once

	carriers keptRecord
	goods    goodsKept
	health   healthKept
	keeping  sync.Mutex // buyers are brought up to date once at a time

	mu         sync.Mutex
	operator   string
	listeners  map[int]func(Event)
	nextID     int
	undo       []taken
	redo       []taken
	alarms     []data.Finding
	bandsKept  *buyer.Bands // of all buyers, until they change
	alikeKept  *[]int64     // who may be one person with somebody, until buyers change
	buyersTurn int          // goes up with each change of buyers

	watching watching
}

// Open opens the desk in a folder, or makes a new one where the folder is
// missing or empty. A desk whose folder cannot be written is opened for reading:
// ReadOnly tells, and every change is refused. Problems: the folder is in use by
// another instance (data.ErrBusy, who has it is said), lies on a network drive or
// in a synced folder (data.ErrRefused), cannot be written and holds no desk, is
// full, damaged, or newer than this program.
func Open(ctx context.Context, dir string, o Options) (*Desk, error) {
	if err := data.CheckPath(dir); err != nil {
		return nil, err
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("finding the desk's folder: %w", err)
	}
	if err := checkLocation(dir); err != nil {
		return nil, err
	}
	if err := madeToLast(dir); err != nil {
		return nil, err
	}
	d := &Desk{
		dir: dir, cache: filepath.Join(dir, cacheName), now: o.Now, operator: o.Operator, version: o.Version, annex: o.Annex,
		listeners: map[int]func(Event){},
	}
	d.watching = watching{poke: make(chan struct{}, 1), lookers: map[string]*watch.Looker{}, status: map[string]FolderStatus{}}
	if d.now == nil {
		d.now = time.Now
	}
	d.life, d.end = context.WithCancel(context.WithoutCancel(ctx))
	if d.operator == "" {
		d.operator = systemUser()
	}
	err = d.openForWriting(ctx)
	if errors.Is(err, data.ErrReadOnly) && Exists(dir) {
		err = d.openForReading(ctx)
	}
	if err == nil {
		err = d.openViewer(ctx, o)
	}
	if err != nil {
		d.end()
		return nil, errors.Join(err, d.letGo())
	}
	if d.readOnly {
		d.finishErasing(ctx)
		return d, nil
	}
	if err := d.followRules(ctx, o.Settled); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	d.healPending(ctx)
	d.finishErasing(ctx)
	d.watch(o.CheckAfter)
	return d, nil
}

// madeToLast makes a folder that outlasts a power cut.
func madeToLast(dir string) error {
	above := nearestExisting(dir)
	if err := makeDir(dir); err != nil {
		return err
	}
	if above == dir {
		return nil
	}
	return syncUp(filepath.Dir(dir), above)
}

func (d *Desk) openViewer(ctx context.Context, o Options) (err error) {
	if o.CodeDir == "" {
		o.CodeDir = d.cacheDir()
	}
	d.codes = barcode.New(barcode.Options{Command: o.Codes, CacheDir: o.CodeDir})
	d.viewer, err = pages.Start(ctx, pages.Options{Command: o.Pages, CacheDir: o.CodeDir})
	return err
}

// openForWriting opens the database, then what stands beside it: the other parts
// of a new desk are made once the database is there, so that one without it is
// known to have lost it.
func (d *Desk) openForWriting(ctx context.Context) (err error) {
	if d.lock, err = takeLock(d.dir, d.operator, d.now()); err != nil {
		return err
	}
	closeToOthers(d.dir)
	d.sweep()
	if err := refuseLost(d.dir); err != nil {
		return err
	}
	d.store, err = store.Open(ctx, filepath.Join(d.dir, databaseName), store.Options{
		Operator: d.operator, Now: d.now, BackupDir: filepath.Join(d.dir, backupName), MustExist: len(partsOf(d.dir)) > 0,
	})
	if err != nil {
		return err
	}
	if err := madeToLast(filepath.Join(d.dir, vaultName)); err != nil {
		return err
	}
	if d.vault, err = vault.Open(filepath.Join(d.dir, vaultName)); err == nil {
		err = d.adoptTemplates(ctx)
	}
	if err == nil {
		err = d.weighAnchor(ctx)
	}
	return err
}

// letGo closes what is open.
func (d *Desk) letGo() error {
	var errs []error
	if d.viewer != nil {
		errs = append(errs, d.viewer.Close())
	}
	if d.codes != nil {
		d.codes.Close()
	}
	if d.store != nil {
		errs = append(errs, d.store.Close())
	}
	if d.readOnly {
		errs = append(errs, os.RemoveAll(d.cache))
	}
	if d.lock != nil {
		errs = append(errs, d.lock.release())
	}
	d.viewer, d.store, d.lock = nil, nil, nil
	return errors.Join(errs...)
}

func makeDir(dir string) error {
	if err := os.MkdirAll(dir, ownFolder); err != nil {
		return unwritable(dir, fmt.Errorf("making the desk's folder: %w", err))
	}
	return nil
}

func systemUser() string {
	u, err := user.Current()
	if err != nil || u.Username == "" {
		return "operator" // no name to be had; a person can set one
	}
	return filepath.Base(u.Username)
}

// Close lets go of the desk.
func (d *Desk) Close() error {
	d.end()
	d.behind.Wait()
	if !d.readOnly {
		if err := d.keepAnchor(context.Background()); err != nil {
			slog.Warn("writing down where the journal ends", "error", err) // the next closing does it
		}
	}
	viewer, kept := d.viewer.Close(), d.store.Close()
	if d.readOnly {
		kept = errors.Join(kept, os.RemoveAll(d.cache))
	}
	kept = errors.Join(viewer, kept, d.lock.release())
	if !d.readOnly {
		d.answer() // who knocked meanwhile can have it now
	}
	return kept
}

// ReadOnly reports whether the desk can be read alone: its folder cannot be
// written.
func (d *Desk) ReadOnly() bool { return d.readOnly }

// Dir is the desk's folder.
func (d *Desk) Dir() string { return d.dir }

// Now is the desk's clock.
func (d *Desk) Now() time.Time { return d.now() }

// Subscribe calls f after each committed action, on the goroutine that carried
// it out; f must return at once. One action is one event, also an import of a
// million rows. The returned function ends it.
func (d *Desk) Subscribe(f func(Event)) (cancel func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	id := d.nextID
	d.nextID++
	d.listeners[id] = f
	return func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		delete(d.listeners, id)
	}
}

func (d *Desk) publish(e Event) {
	d.goods.forget(e)
	d.health.forget(e)
	d.mu.Lock()
	if e.Of(data.EntityBuyer) {
		d.bandsKept, d.alikeKept = nil, nil
		d.buyersTurn++
	}
	listeners := make([]func(Event), 0, len(d.listeners))
	for _, f := range d.listeners {
		listeners = append(listeners, f)
	}
	d.mu.Unlock()
	for _, f := range listeners {
		f(e)
	}
}

// tidySearch puts the search indexes in order behind an import, in small steps
// between which others may write.
func (d *Desk) tidySearch() {
	d.behind.Go(func() {
		for {
			more, err := d.store.MergeSearch(d.life)
			if err != nil && d.life.Err() == nil {
				slog.Warn("tidying the search index", "error", err) // searching works all the same
			}
			if err != nil || !more {
				return
			}
		}
	})
}

// newUID makes a UUIDv7: unique on every desk, and sorted by time.
func newUID() (string, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return "", fmt.Errorf("making an id: %w", err)
	}
	return id.String(), nil
}

// Setting fills into, a pointer, from the setting's JSON, and reports whether
// it was ever set. One that cannot be read counts as never set, and Alarms
// tells of it.
func (d *Desk) Setting(ctx context.Context, key string, into any) (bool, error) {
	value, err := d.store.Setting(ctx, key)
	if err != nil || value == nil {
		return false, err
	}
	fresh := reflect.New(reflect.TypeOf(into).Elem()) // a value that fits in part leaves nothing behind
	if err := json.Unmarshal(value, fresh.Interface()); err != nil {
		d.alarmSetting(key, err)
		return false, nil
	}
	reflect.ValueOf(into).Elem().Set(fresh.Elem())
	return true, nil
}

// PutSetting stores a value as JSON under a key. Settings are the program's
// memory: Undo passes over them.
func (d *Desk) PutSetting(ctx context.Context, key string, value any) error {
	s, err := settingStep(key, value)
	if err != nil {
		return err
	}
	return d.record(ctx, s)
}

func settingStep(key string, value any) (step, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("writing the setting %s: %w", key, err)
	}
	return rawSetting("setting.put", data.EntitySetting, key, text, manyOf(data.EntitySetting)), nil
}

// rawSetting is the step that puts JSON under a key; nil takes the setting away.
func rawSetting(action, entity, key string, text json.RawMessage, rows []data.RowRef) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		before, err := tx.Setting(ctx, key)
		if err != nil {
			return deed{}, err
		}
		if before != nil && !json.Valid(before) { // damaged: it is replaced, and no undo brings it back
			before = nil
		}
		return deed{
			Change: data.Change{Action: action, Entity: entity, Key: key, Before: orNothing(before), After: orNothing(text)},
			effect: data.EffectChanged, rows: rows, back: rawSetting(action, entity, key, before, rows),
		}, tx.PutSetting(key, text)
	}
}

// orNothing is JSON for the journal, where no text means that nothing was there.
func orNothing(text json.RawMessage) any {
	if text == nil {
		return nil
	}
	return text
}
