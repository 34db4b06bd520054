package settings

import (
	"context"

	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// BackupDirSetting holds the folder into which backups go.
const BackupDirSetting = "backup.dir"

// BackUp writes a backup into the folder of the settings, or asks for one.
func (e *Room) BackUp() {
	kit.Do(func(ctx context.Context) (string, error) {
		var dir string
		_, err := e.desk.Setting(ctx, BackupDirSetting, &dir)
		return dir, err
	}, func(dir string, err error) {
		switch {
		case err != nil:
			e.UI.Problem(err)
		case dir == "":
			e.ChooseDir(words.T("backup.choose"), e.Documents(), e.BackUpInto)
		default:
			e.BackUpInto(dir)
		}
	})
}

// BackUpInto writes a backup and remembers the folder.
func (e *Room) BackUpInto(dir string) {
	var path string
	e.UI.Jobs.RunAs("backup", words.T("backup.job"), func(ctx context.Context, progress func(int64, int64, string)) (err error) {
		if path, err = e.desk.Backup(ctx, dir, progress); err != nil {
			return err
		}
		return e.desk.PutSetting(ctx, BackupDirSetting, dir)
	}, func(err error) {
		if err != nil {
			e.UI.Problem(err)
			return
		}
		kit.Event("backup", "path", path)
		e.UI.Toast(words.T("backup.done", "path", path), nil)
		e.frame.BackedUp()
	})
}
