package safety

import (
	"context"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

var problemTwice = data.DefineProblem("passphrase_differs", data.ErrInvalid,
	"The two passphrases are not the same.", "Type the same passphrase twice: there is no other way to open the copy.")

// keyCopyName is what a copy of the key is called at first.
const keyCopyName = "casebinder-key.age"

func secret(e *Room, name string) *kit.Entry {
	entry := kit.NewEntry(e.UI)
	entry.Password = true
	kit.Trace(name, entry)
	return entry
}

func required(entry *kit.Entry, field string) func() error {
	return func() error {
		if entry.Text == "" {
			return kit.ProblemRequired.New("field", words.T(field))
		}
		return nil
	}
}

// keepKey writes an encrypted copy of the key that signs bundles.
func (e *Room) keepKey() {
	first, again := secret(e, "key.passphrase"), secret(e, "key.again")
	e.UI.OpenForm(kit.FormSheet{
		Name: "key", Title: words.T("safety.key.keep"), Focus: first, Save: words.T("safety.key.next"), Height: 320,
		Fields: []*kit.Field{
			{Label: words.T("safety.key.passphrase"), Hint: words.T("safety.key.hint"), Object: first, Check: required(first, "safety.key.passphrase")},
			{Label: words.T("safety.key.again"), Object: again, Check: func() error {
				if again.Text != first.Text {
					return problemTwice.New()
				}
				return nil
			}},
		},
		Work: func(context.Context) error { return nil },
		Done: func() {
			passphrase := first.Text
			e.SaveFile(words.T("safety.key.keep"), keyCopyName, func(path string) { e.writeKey(path, passphrase) })
		},
	})
}

// writeKey writes the copy; to make its key of the passphrase takes a second.
func (e *Room) writeKey(path, passphrase string) {
	e.UI.Jobs.Run(words.T("safety.key.job"), func(ctx context.Context, _ func(int64, int64, string)) error {
		_, err := e.desk.KeepKey(ctx, path, passphrase)
		return err
	}, func(err error) {
		if err != nil {
			e.UI.Problem(err)
			return
		}
		kit.Event("key", "path", path)
		e.UI.Toast(words.T("safety.key.kept", "path", path), nil)
	})
}

// bringKey puts the key back from a copy.
func (e *Room) bringKey() {
	e.ChooseFiles(words.T("safety.key.bring"), nil, func(paths []string) {
		entry := secret(e, "key.passphrase")
		var key desk.SigningKey
		var aside string
		e.UI.OpenForm(kit.FormSheet{
			Name: "key", Title: words.T("safety.key.bring"), Focus: entry, Save: words.T("safety.key.put"), Height: 260,
			Fields: []*kit.Field{{
				Label: words.T("safety.key.passphrase"), Hint: words.T("safety.key.bring.hint"), Object: entry, Check: required(entry, "safety.key.passphrase"),
			}},
			Work: func(ctx context.Context) (err error) {
				key, aside, err = e.desk.BringKey(ctx, paths[0], entry.Text)
				return err
			},
			Done: func() {
				said := words.T("safety.key.brought", "fingerprint", key.Fingerprint)
				if aside != "" {
					said = words.T("safety.key.brought_aside", "fingerprint", key.Fingerprint, "file", aside)
				}
				e.UI.Toast(said, nil)
			},
		})
	})
}
