package desk

import (
	"context"
	"strings"

	"casebinder/data"
	"casebinder/data/reply"
	"casebinder/data/store"
	"casebinder/data/tongue"

	"golang.org/x/text/language"
)

var problemLanguage = data.DefineProblem("language_unknown", data.ErrInvalid,
	"“{language}” is not a language.", "Write its code, such as es, pt-BR or zh-TW.")

// How far back the buyer's words and other orders are looked at.
const (
	wordsLooked  = 5
	ordersLooked = 5
)

// BuyerLanguage tells which language the buyer of an order reads, and by what it
// is told.
func (d *Desk) BuyerLanguage(ctx context.Context, orderID int64) (tongue.Answer, error) {
	order, err := d.store.Order(ctx, orderID)
	if err != nil {
		return tongue.Answer{}, err
	}
	return d.languageOf(ctx, order)
}

func (d *Desk) languageOf(ctx context.Context, order *data.Order) (tongue.Answer, error) {
	facts := tongue.Facts{
		Country: reply.CountryCode(order.ShipTo.Country), State: order.ShipTo.State, Postcode: order.ShipTo.Postcode,
	}
	if facts.Country == "" {
		facts.Country = reply.CountryCode(order.Buyer.Country)
	}
	told, by, err := d.store.OrderTongue(ctx, order.ID)
	if err != nil {
		return tongue.Answer{}, err
	}
	var person string // what a person told at another of the buyer's orders
	if tongue.Ground(by) != tongue.ByPerson && order.Buyer.ID != 0 {
		if person, err = d.store.PersonTongue(ctx, order.Buyer.ID); err != nil {
			return tongue.Answer{}, err
		}
	}
	switch {
	case person != "":
		facts.Told, facts.ToldBy = person, tongue.ByPerson
	case told != "":
		facts.Told, facts.ToldBy = told, tongue.Ground(by)
	default:
		facts.Told, facts.ToldBy = tongue.Code(order.Buyer.Language), tongue.ByFile
	}
	if facts.Told == "" {
		if facts.Messages, err = d.store.BuyerWords(ctx, order.ID, wordsLooked); err != nil {
			return tongue.Answer{}, err
		}
		if facts.Others, err = d.languagesElsewhere(ctx, order); err != nil {
			return tongue.Answer{}, err
		}
	}
	return tongue.Tell(facts), nil
}

// languagesElsewhere are the languages that the buyer's other orders tell.
func (d *Desk) languagesElsewhere(ctx context.Context, order *data.Order) ([]string, error) {
	if order.Buyer.ID == 0 {
		return nil, nil
	}
	others, err := d.store.OtherOrders(ctx, order.Buyer.ID, order.ID, ordersLooked)
	if err != nil {
		return nil, err
	}
	var languages []string
	for _, other := range others {
		if other.Language != "" {
			languages = append(languages, other.Language)
			continue
		}
		words, err := d.store.BuyerWords(ctx, other.ID, 1)
		if err != nil {
			return nil, err
		}
		for _, text := range words {
			if lang, sure := tongue.Detect(text); sure {
				languages = append(languages, lang)
			}
		}
	}
	return languages, nil
}

// languageTag is a language as BCP 47 writes it; "" for "".
func languageTag(lang string) (string, error) {
	if lang = strings.TrimSpace(lang); lang == "" {
		return "", nil
	}
	tag, err := language.Parse(lang)
	if err != nil {
		return "", problemLanguage.New("language", lang)
	}
	return tag.String(), nil
}

// SetBuyerLanguage writes a person's word for the language that the buyer of an
// order reads (BCP 47); "" takes it back. It can be undone.
func (d *Desk) SetBuyerLanguage(ctx context.Context, orderID int64, lang string) error {
	lang, err := languageTag(lang)
	if err != nil {
		return err
	}
	order, err := d.store.Order(ctx, orderID)
	if err != nil {
		return err
	}
	before, by, err := d.store.OrderTongue(ctx, orderID)
	if err != nil {
		return err
	}
	to := toldTongue{Language: lang, Told: string(tongue.ByPerson)}
	if lang == "" {
		to.Told = ""
	}
	of := about{"order.language", data.EntityOrder, store.OrderKey(order.Shop, order.Number), rowsOf(data.EntityOrder, orderID, 0, 0)}
	return d.act(ctx, swap(of, toldTongue{before, by}, to, func(_ context.Context, tx *store.Tx, t toldTongue) error {
		return tx.SetOrderTongue(orderID, t.Language, t.Told)
	}))
}

// toldTongue is a language that somebody told, and who.
type toldTongue struct {
	Language string `json:"language"`
	Told     string `json:"told"`
}
