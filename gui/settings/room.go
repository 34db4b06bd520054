package settings

import (
	"context"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/look"
	"casebinder/gui/show"
)

// Desk is what the sheet of settings asks of a desk.
type Desk interface {
	Backup(ctx context.Context, dir string, p desk.Progress) (path string, err error)
	Dir() string
	Operator() string
	Operators(ctx context.Context) ([]string, error)
	SetOperator(ctx context.Context, name string) error
	PutShop(ctx context.Context, s data.Shop) (data.Shop, error)
	ShopService(ctx context.Context, shopID int64) (data.Service, error)
	SetShopService(ctx context.Context, shopID int64, s data.Service) error
	Setting(ctx context.Context, key string, into any) (bool, error)
	PutSetting(ctx context.Context, key string, value any) error
	SigningKey(ctx context.Context) (desk.SigningKey, error)
	WatchedFolders(ctx context.Context) ([]desk.FolderStatus, error)
	WatchFolder(ctx context.Context, f data.WatchFolder) error
	UnwatchFolder(ctx context.Context, path string) error
	LastBackup(ctx context.Context) (desk.LastBackup, error)
}

// Room is the window around the room, with its desk.
type Room struct {
	*show.Env
	desk  Desk
	frame Frame
}

// Frame is what the sheets of settings change of the window itself.
type Frame struct {
	Version  string // of the program
	Mode     func() look.Mode
	Theme    func(look.Mode)
	Language func(language string)
	Operator func(name string) // another one works
	Shop     func(data.Shop)   // a shop was saved
	BackedUp func()
	Folders  func() // opens the sheet in which folders to watch are chosen
}

// New makes the sheets of settings.
func New(shared *show.Env, d Desk, f Frame) *Room {
	return &Room{shared, d, f}
}
