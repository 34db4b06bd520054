package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/store"
)

var (
	problemServiceFigure = data.DefineProblem("service_figure", data.ErrInvalid,
		"“{field}” cannot be {value}.", "Enter a number from {least} to {most}.")
	problemServiceDay = data.DefineProblem("service_day", data.ErrInvalid,
		"The day off {day} is not a day.", "Write it as 2026-12-24, or as 2026-12-24..2026-12-31 for several days.")
	problemServiceWord = data.DefineProblem("service_word", data.ErrInvalid,
		"“{value}” is not a valid {field}.", "Choose one of {choices}.")
	problemServiceMoney = data.DefineProblem("service_money", data.ErrInvalid,
		"A step of the scale offers a part of the money, and does not say how much.", "Enter a percentage from 1 to 99, or an amount with its currency.")
)

var problemServicePacking = data.DefineProblem("service_packing", data.ErrInvalid,
	"{amount} cannot be the amount from which an order is expensive.", "Enter an amount above zero with its currency, or leave it empty.")

// maxKeepDays bounds the days for which personal data is kept.
const maxKeepDays = 3650

// maxPackWords bounds the shop's own words of goods that want photos.
const maxPackWords = 500

// ShopService gives how a shop serves its buyers; the zero Service where it set
// nothing.
func (d *Desk) ShopService(ctx context.Context, shopID int64) (data.Service, error) {
	return d.store.ShopService(ctx, shopID)
}

// SetShopService stores how a shop serves its buyers. It can be undone.
func (d *Desk) SetShopService(ctx context.Context, shopID int64, s data.Service) error {
	s, err := checkService(s)
	if err != nil {
		return err
	}
	return d.act(ctx, func(ctx context.Context, tx *store.Tx) (deed, error) {
		shop, err := tx.ShopByID(ctx, shopID)
		if err != nil {
			return deed{}, err
		}
		before, err := tx.ShopService(ctx, shopID)
		if err != nil {
			return deed{}, err
		}
		of := about{
			action: "shop.service", entity: data.EntityShop, key: store.ShopKey(shop),
			rows: append(rowsOf(data.EntityShop, shopID, 0, 0), manyOf(data.EntityOrder)...),
		}
		return swap(of, before, s, func(_ context.Context, tx *store.Tx, s data.Service) error { return tx.PutShopService(shopID, s) })(ctx, tx)
	})
}

// checkService refuses what cannot be, and takes blanks away.
func checkService(s data.Service) (data.Service, error) {
	s.Zone, s.Country = strings.TrimSpace(s.Zone), strings.ToUpper(strings.TrimSpace(s.Country))
	s.Signature, s.PayPal = strings.TrimSpace(s.Signature), strings.TrimSpace(s.PayPal)
	s.Policy.Conditions = strings.TrimSpace(s.Policy.Conditions)
	if s.Zone != "" {
		if _, err := time.LoadLocation(s.Zone); err != nil {
			return s, problemZone.Wrap(err, "zone", s.Zone)
		}
	}
	if s.Country != "" && !siteForm.MatchString(s.Country) {
		return s, problemSite.New("site", s.Country)
	}
	if dear := s.Packing.Dear; dear.Minor == 0 {
		s.Packing.Dear = data.Money{}
	} else if dear.Minor < 0 {
		return s, problemServicePacking.New("amount", dear)
	}
	var words []string
	for _, word := range s.Packing.Words {
		if word = strings.TrimSpace(word); word != "" && len(words) < maxPackWords {
			words = append(words, word)
		}
	}
	s.Packing.Words = words
	for _, w := range s.Hours {
		if w.From < 0 || w.To > 24*60 || w.To < w.From {
			return s, problemServiceFigure.New("field", "hours", "value", w.To, "least", w.From, "most", 24*60)
		}
	}
	for _, f := range []struct {
		name     string
		n, limit int
	}{
		{"reply hours", s.ReplyHours, 24 * 30},
		{"return days", s.Policy.Days, 3650},
		{"refund days", s.Policy.RefundDays, 365},
		{"warranty months", s.Policy.Warranty, 600},
		{"follow-up days", s.FollowUp, 365},
		{"days of silence", s.Silent, 365},
		{"units of a reseller", s.Restock, 1_000_000},
		{"units of a large order", s.Packing.Units, 1_000_000},
	} {
		if f.n < 0 || f.n > f.limit {
			return s, problemServiceFigure.New("field", f.name, "value", f.n, "least", 0, "most", f.limit)
		}
	}
	if s.KeepDays < -1 || s.KeepDays > maxKeepDays {
		return s, problemServiceFigure.New("field", "days of personal data", "value", s.KeepDays, "least", 0, "most", maxKeepDays)
	}
	if p := s.Policy.Pays; p != "" && !slices.Contains(data.Payers(), p) {
		return s, problemServiceWord.New("field", "payer", "value", p, "choices", data.Payers())
	}
	if err := s.Costs.Check(); err != nil {
		return s, err
	}
	return s, checkServiceLists(&s)
}

// checkServiceLists checks days off, the scale and the notices.
func checkServiceLists(s *data.Service) error {
	for _, o := range s.DaysOff {
		from, err := data.ParseDay(o.From)
		if err != nil {
			return problemServiceDay.Wrap(err, "day", o.From)
		}
		if o.To == "" {
			continue
		}
		if to, err := data.ParseDay(o.To); err != nil || to.String() < from.String() {
			return problemServiceDay.New("day", o.From+".."+o.To)
		}
	}
	for _, step := range s.Scale {
		if err := checkScaleStep(step); err != nil {
			return err
		}
	}
	for _, n := range s.Notices {
		if n.Days < 0 || n.Days > 365 {
			return problemServiceFigure.New("field", n.Notice, "value", n.Days, "least", 0, "most", 365)
		}
	}
	return nil
}

func checkScaleStep(step data.ScaleStep) error {
	switch {
	case !slices.Contains(data.AllAmends(), step.Offer):
		return problemServiceWord.New("field", "solution", "value", step.Offer, "choices", data.AllAmends())
	case step.Cause != "" && !slices.Contains(data.Causes(), step.Cause):
		return problemServiceWord.New("field", "cause", "value", step.Cause, "choices", data.Causes())
	case step.Severity != "" && !slices.Contains(data.Harms(), step.Severity):
		return problemServiceWord.New("field", "severity", "value", step.Severity, "choices", data.Harms())
	case step.Percent < 0 || step.Percent > 99,
		step.Offer == data.AmendsPart && step.Percent == 0 && step.Amount.Minor <= 0:
		return problemServiceMoney.New()
	case step.Amount.Currency != "" && !data.IsCurrency(step.Amount.Currency):
		return ProblemCurrency.New("currency", step.Amount.Currency)
	}
	return nil
}
