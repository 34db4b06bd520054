package safety

import (
	"context"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/show"
)

// Desk is what the sheets of a desk's safety ask of it.
type Desk interface {
	Dir() string
	ReadOnly() bool
	Alarms() []data.Finding
	Check(ctx context.Context, readData bool, p desk.Progress) (desk.CheckReport, error)
	LastCheck() (desk.CheckReport, bool, error)
	KeepKey(ctx context.Context, path, passphrase string) (desk.SigningKey, error)
	BringKey(ctx context.Context, path, passphrase string) (key desk.SigningKey, aside string, err error)
}

// Room is the window around the room, with its desk.
type Room struct {
	*show.Env
	desk   Desk
	repair func(into string) // closes this desk and saves what can be read of it
}

// New makes the sheets. repair closes the desk that is open, and makes a new one
// in a folder of what can be read of it.
func New(shared *show.Env, d Desk, repair func(into string)) *Room {
	return &Room{shared, d, repair}
}
