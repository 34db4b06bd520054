package desk

import (
	"context"
	"strings"

	"casebinder/data"
	"casebinder/data/store"
)

// translated is a translation as it stands beside a message.
type translated struct {
	Text     string `json:"translation"`
	Language string `json:"translation_language"` // BCP 47
	By       string `json:"translator"`
}

// TranslateMessage writes the translation of a message, its language and who made
// it, a person or a service, beside the message's own text, which never changes;
// an empty translation takes it away. It can be undone.
func (d *Desk) TranslateMessage(ctx context.Context, uid, translation, language, translator string) error {
	m, err := d.store.MessageByUID(ctx, uid)
	if err != nil {
		return err
	}
	from := translated{m.Translation, m.TransLang, m.Translator}
	to := translated{strings.TrimSpace(translation), language, strings.TrimSpace(translator)}
	if to.Text == "" {
		to = translated{}
	}
	if from == to {
		return nil
	}
	of := about{"message.translate", data.EntityMessage, uid, rowsOf(data.EntityMessage, m.ID, m.OrderID, m.DisputeID)}
	return d.act(ctx, swap(of, from, to, func(ctx context.Context, tx *store.Tx, to translated) error {
		m, err := tx.MessageByUID(ctx, uid)
		if err != nil {
			return err
		}
		m.Translation, m.TransLang, m.Translator = to.Text, to.Language, to.By
		return tx.PutMessage(&m)
	}))
}
