package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/pack"
	"casebinder/data/path"
	"casebinder/data/reply"
	"casebinder/data/store"
)

// pathSetting holds a path of the seller's own as TOML, by its id.
const pathSetting = "path.own."

var (
	problemNoPath = data.DefineProblem("path_unknown", data.ErrNotFound,
		"There is no path “{path}”.", "Choose one of the paths that are listed.")
	problemPathGone = data.DefineProblem("path_gone", data.ErrNotFound,
		"This path no longer exists.", "Look at the order again, and start a new path.")
	problemPathEnded = data.DefineProblem("path_ended", data.ErrRefused,
		"This path has ended.", "Undo the ending, or start a new path.")
)

// ownPath is a path of the seller's own, or why it cannot be read.
type ownPath struct {
	id     string
	path   *path.Path
	broken error
}

// ownPaths reads the seller's own paths.
func ownPaths(ctx context.Context, from *store.Reader) ([]ownPath, error) {
	settings, err := from.Settings(ctx)
	if err != nil {
		return nil, err
	}
	var all []ownPath
	for key, value := range settings {
		id, ok := strings.CutPrefix(key, pathSetting)
		if !ok {
			continue
		}
		one := ownPath{id: id}
		var text string
		if one.broken = json.Unmarshal(value, &text); one.broken == nil {
			known, err := ownTemplates(ctx, from)
			if err != nil {
				return nil, err
			}
			one.path, one.broken = path.Decode(id+".toml", []byte(text), known)
		}
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b ownPath) int { return strings.Compare(a.id, b.id) })
	return all, nil
}

// ownTemplates tells which templates the seller keeps beside the built-in ones.
func ownTemplates(ctx context.Context, from *store.Reader) (func(string) bool, error) {
	kept, err := from.KeptTemplates(ctx)
	if err != nil {
		return nil, err
	}
	return func(uid string) bool {
		return slices.ContainsFunc(kept, func(t data.Template) bool { return t.UID == uid && t.BinnedAt.IsZero() })
	}, nil
}

// pathsInForce gives the paths, the seller's own in the place of the built-in ones
// with their ids. One that cannot be read any more is left out.
func pathsInForce(ctx context.Context, from *store.Reader) ([]*path.Path, error) {
	builtIn, err := path.BuiltIn()
	if err != nil {
		return nil, err
	}
	own, err := ownPaths(ctx, from)
	if err != nil {
		return nil, err
	}
	var sound []*path.Path
	for _, one := range own {
		if one.broken == nil {
			sound = append(sound, one.path)
		}
	}
	return path.Layer(sound, builtIn), nil
}

func pathInForce(ctx context.Context, from *store.Reader, id string) (*path.Path, error) {
	all, err := pathsInForce(ctx, from)
	if err != nil {
		return nil, err
	}
	for _, p := range all {
		if p.ID == id {
			return p, nil
		}
	}
	return nil, problemNoPath.New("path", id)
}

// PathInfo names a path.
type PathInfo struct {
	ID     string
	Title  data.Text
	Own    bool  // the seller's own, or in place of a built-in one
	Broken error // why the seller's own cannot be used; nil: it can
}

// Paths lists the paths, those that cannot be read last, so that they can be taken
// away.
func (d *Desk) Paths(ctx context.Context) ([]PathInfo, error) {
	all, err := pathsInForce(ctx, &d.store.Reader)
	if err != nil {
		return nil, err
	}
	own, err := ownPaths(ctx, &d.store.Reader)
	if err != nil {
		return nil, err
	}
	var list []PathInfo
	for _, p := range all {
		mine := slices.ContainsFunc(own, func(o ownPath) bool { return o.path == p || o.broken == nil && o.id == p.ID })
		list = append(list, PathInfo{ID: p.ID, Title: pack.Text(p.Title), Own: mine})
	}
	for _, o := range own {
		if o.broken != nil {
			list = append(list, PathInfo{ID: o.id, Title: data.Text{English: o.id}, Own: true, Broken: o.broken})
		}
	}
	return list, nil
}

// ImportPath keeps a path of the seller's own, in the place of the one with its
// id. A bad one is refused with file, line and reason. It can be undone.
func (d *Desk) ImportPath(ctx context.Context, name string, toml []byte) (PathInfo, error) {
	known, err := ownTemplates(ctx, &d.store.Reader)
	if err != nil {
		return PathInfo{}, err
	}
	p, err := path.Decode(name, toml, known)
	if err != nil {
		return PathInfo{}, err
	}
	return PathInfo{ID: p.ID, Title: pack.Text(p.Title), Own: true}, d.putPath(ctx, p.ID, string(toml))
}

// ExportPath gives a path as TOML, the seller's own as it was imported, to be
// kept, sent or edited.
func (d *Desk) ExportPath(ctx context.Context, id string) ([]byte, error) {
	var text string
	own, err := d.Setting(ctx, pathSetting+id, &text)
	if err != nil {
		return nil, err
	}
	if own {
		return []byte(text), nil
	}
	p, err := pathInForce(ctx, &d.store.Reader, id)
	if err != nil {
		return nil, err
	}
	return path.Encode(p)
}

// ResetPath takes a path of the seller's own away, so that the built-in one with
// its id counts again. It can be undone.
func (d *Desk) ResetPath(ctx context.Context, id string) error { return d.putPath(ctx, id, nil) }

func (d *Desk) putPath(ctx context.Context, id string, text any) error {
	var value json.RawMessage
	if text != nil {
		var err error
		if value, err = json.Marshal(text); err != nil {
			return fmt.Errorf("writing the path %s: %w", id, err)
		}
	}
	return d.act(ctx, rawSetting("path.put", data.EntityPolicy, pathSetting+id, value, manyOf(data.EntityPath)))
}

// pathFacts gathers what is known of an order for its paths.
func (d *Desk) pathFacts(ctx context.Context, from *store.Reader, orderID int64) (*path.Facts, error) {
	order, err := from.Order(ctx, orderID)
	if err != nil {
		return nil, err
	}
	f := &path.Facts{Order: *order, Now: d.now()}
	if f.Service, err = from.ShopService(ctx, order.Shop.ID); err != nil {
		return nil, err
	}
	if f.Said, err = from.SaidTemplates(ctx, orderID); err != nil {
		return nil, err
	}
	disputes, err := from.DisputesOfOrder(ctx, orderID)
	if err != nil {
		return nil, err
	}
	if f.Events, err = from.OrderEvents(ctx, orderID); err != nil {
		return nil, err
	}
	for i := range disputes {
		f.Disputed = f.Disputed || disputes[i].Stage != data.StageClosed
		for _, e := range disputes[i].Events {
			if e.Kind == data.EventReturnAgreed && f.Agreed.Before(e.At) {
				f.Agreed = e.At
			}
		}
	}
	return f, nil
}

// PathOffer is a path that may be begun for an order.
type PathOffer struct {
	PathInfo
	Why     data.Text // why it suits now; zero: nothing speaks for it
	Blocked data.Text // why it does not fit the order; zero: it does
	Open    string    // UID of a run of it that has not ended; "" none
}

var (
	sayAsked    = data.DefinePhrase("path.offer.asked", "The buyer wrote about it.")
	sayDisputes = data.DefinePhrase("path.offer.dispute", "The dispute is about it.")
)

// PathOffers lists the paths for an order, a dispute or the buyer's last message,
// what suits best first and what does not fit last.
func (d *Desk) PathOffers(ctx context.Context, about data.ReplyAbout) ([]PathOffer, error) {
	all, err := d.Paths(ctx)
	if err != nil {
		return nil, err
	}
	inForce, err := pathsInForce(ctx, &d.store.Reader)
	if err != nil {
		return nil, err
	}
	f, err := d.pathFacts(ctx, &d.store.Reader, about.OrderID)
	if err != nil {
		return nil, err
	}
	runs, err := d.store.PathRunsOf(ctx, about.OrderID)
	if err != nil {
		return nil, err
	}
	from, err := d.replyFacts(ctx, about)
	if err != nil {
		return nil, err
	}
	intents := reply.Wanted(from)
	var list []PathOffer
	for _, info := range all {
		i := slices.IndexFunc(inForce, func(p *path.Path) bool { return p.ID == info.ID })
		if info.Broken != nil || i < 0 {
			continue
		}
		p := inForce[i]
		offer := PathOffer{PathInfo: info}
		offer.Blocked, _ = p.Blocked(f)
		switch {
		case slices.ContainsFunc(p.Intents, func(id string) bool { return slices.Contains(intents, id) }):
			offer.Why = sayAsked.With()
		case from.Dispute != nil && slices.Contains(p.Reasons, string(from.Dispute.Reason)):
			offer.Why = sayDisputes.With()
		}
		for _, run := range runs {
			if run.Path == p.ID && run.EndedAt.IsZero() {
				offer.Open = run.UID
			}
		}
		list = append(list, offer)
	}
	slices.SortStableFunc(list, func(a, b PathOffer) int { return a.rank() - b.rank() })
	return list, nil
}

// unfitPaths says why paths do not fit an order, by their IDs.
func (d *Desk) unfitPaths(ctx context.Context, orderID int64) (map[string]data.Text, error) {
	inForce, err := pathsInForce(ctx, &d.store.Reader)
	if err != nil {
		return nil, err
	}
	f, err := d.pathFacts(ctx, &d.store.Reader, orderID)
	if err != nil {
		return nil, err
	}
	unfit := map[string]data.Text{}
	for _, p := range inForce {
		if why, blocked := p.Blocked(f); blocked {
			unfit[p.ID] = why
		}
	}
	return unfit, nil
}

func (o *PathOffer) rank() int {
	switch {
	case o.Open != "":
		return 0
	case !o.Blocked.IsZero():
		return 3
	case !o.Why.IsZero():
		return 1
	}
	return 2
}
