package reply

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// templateFile is one file of assets/templates: the templates of one scenario.
type templateFile struct {
	Scenario  string `toml:"scenario"`
	Templates []struct {
		UID      string        `toml:"uid"`
		Name     string        `toml:"name"`
		Reasons  []data.Reason `toml:"reasons"` // of a dispute that it answers
		Stages   []data.Stage  `toml:"stages"`  // of a dispute that it is for
		Variants []struct {
			Language string `toml:"language"`
			Label    string `toml:"label"`
			Body     string `toml:"body"`
		} `toml:"variant"`
	} `toml:"template"`
}

// Scenarios lists the groups of the built-in templates in the order of an
// order's life. Their words are "scenario.<key>" in the language files.
func Scenarios() []string {
	return []string{
		"pre_sale", "payment", "address", "cancellation", "shipping", "delivery",
		"problem", "return_refund", "dispute", "feedback", "relation",
	}
}

// BuiltIn reads the templates that the program carries, by scenario. Each is
// validated; an error means that the program was built from broken files.
func BuiltIn() ([]data.Template, error) {
	var all []data.Template
	seen := map[string]bool{}
	for _, scenario := range Scenarios() {
		list, err := readScenario(scenario)
		if err != nil {
			return nil, err
		}
		for _, t := range list {
			if seen[t.UID] {
				return nil, fmt.Errorf("built-in template %s is there twice: %w", t.UID, data.ErrConflict)
			}
			seen[t.UID] = true
			all = append(all, t)
		}
	}
	return all, nil
}

// Edition names the text of all built-in templates: the SHA-256 of their files,
// in hex. It is told without reading them as templates.
func Edition() (string, error) {
	sum := sha256.New()
	for _, scenario := range Scenarios() {
		raw, err := fs.ReadFile(assets.FS, "templates/"+scenario+".toml")
		if err != nil {
			return "", fmt.Errorf("reading built-in templates: %w", err)
		}
		sum.Write(raw)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// readFile reads the templates of a scenario as they stand in its file.
func readFile(scenario string) (templateFile, error) {
	name := "templates/" + scenario + ".toml"
	var file templateFile
	if err := pack.Read(assets.FS, name, &file); err != nil {
		return file, err
	}
	if file.Scenario != scenario {
		return file, pack.Fault(name, fmt.Sprintf("its scenario is “%s”", file.Scenario))
	}
	for _, t := range file.Templates {
		for _, reason := range t.Reasons {
			if !slices.Contains(data.Reasons(), reason) {
				return file, pack.Fault(name, fmt.Sprintf("%s answers the reason “%s”, which is none", t.UID, reason))
			}
		}
		for _, stage := range t.Stages {
			if !slices.Contains(data.Stages(), stage) {
				return file, pack.Fault(name, fmt.Sprintf("%s is for the stage “%s”, which is none", t.UID, stage))
			}
		}
	}
	return file, nil
}

// disputes is the scenario whose templates are for any dispute.
const disputes = "dispute"

// Fitting names the built-in templates that fit a dispute, the best first: those
// for its stage, those that answer its reason, then those for any dispute.
func Fitting(reason data.Reason, stage data.Stage) ([]string, error) {
	var forStage, forReason, forAny []string
	for _, scenario := range Scenarios() {
		file, err := readFile(scenario)
		if err != nil {
			return nil, err
		}
		for _, t := range file.Templates {
			switch {
			case slices.Contains(t.Stages, stage):
				forStage = append(forStage, t.UID)
			case slices.Contains(t.Reasons, reason):
				forReason = append(forReason, t.UID)
			case scenario == disputes && len(t.Stages) == 0:
				forAny = append(forAny, t.UID)
			}
		}
	}
	return slices.Concat(forStage, forReason, forAny), nil
}

func readScenario(scenario string) ([]data.Template, error) {
	file, err := readFile(scenario)
	if err != nil {
		return nil, err
	}
	list := make([]data.Template, 0, len(file.Templates))
	for _, t := range file.Templates {
		template := data.Template{UID: t.UID, Scenario: scenario, Name: t.Name, BuiltIn: true}
		for _, v := range t.Variants {
			variant := data.Variant{UID: variantUID(t.UID, v.Language, v.Label), Language: v.Language, Label: v.Label, Body: strings.TrimSpace(v.Body)}
			if problems := Check(variant.Body); len(problems) > 0 {
				return nil, fmt.Errorf("built-in template %s: %w", variant.UID, problems[0])
			}
			template.Variants = append(template.Variants, variant)
		}
		list = append(list, template)
	}
	return list, nil
}

func variantUID(uid, lang, label string) string {
	if label == "" {
		return uid + "." + lang
	}
	return uid + "." + lang + "." + strings.ReplaceAll(strings.ToLower(label), " ", "_")
}

// Example is an invented order with everything that a template can ask for: a
// preview while a template is edited, and the test of the built-in ones.
func Example() Context {
	at := func(month time.Month, d int) time.Time { return time.Date(2025, month, d, 9, 30, 0, 0, time.UTC) }
	usd := func(minor int64) data.Money { return data.Money{Minor: minor, Currency: "USD"} }
	shop := data.Shop{Platform: data.AliExpress, Name: "Willow Lane Home", Zone: "Asia/Shanghai", Currency: "USD"}
	order := data.Order{
		Shop: shop, Number: "8123456789012345", Status: data.StatusDisputed, Total: usd(4599), Shipping: usd(350), Refunded: usd(1200),
		Buyer:     data.Buyer{Platform: data.AliExpress, Handle: "es-ana-example", Name: "Ana García", Country: "ES", Language: "es"},
		OrderedAt: at(time.July, 1), PaidAt: at(time.July, 1), ShipBy: at(time.July, 8), ShippedAt: at(time.July, 3), DeliveredAt: at(time.July, 21),
		ShipTo:    data.Address{Name: "Ana García", Line1: "Calle de la Muestra 5", City: "Madrid", Postcode: "28013", Country: "Spain"},
		BuyerNote: "Please leave it with the doorman.",
		Items:     []data.Item{{SKU: "MUG-BL-2", Title: "Stoneware mug", Variation: "Blue", Quantity: 2, Price: usd(2050)}},
		Shipments: []data.Shipment{{
			Carrier: "Example Post", Tracking: "LX123456789CN", ShippedAt: at(time.July, 3), DeliveredAt: at(time.July, 21),
			Events: []data.TrackingEvent{{At: at(time.July, 21), Place: "Madrid", Text: "Delivered"}},
		}},
	}
	return Context{
		Order: order, Shop: shop, Operator: "Lin", Signature: "Lin\nWillow Lane Home", Now: at(time.July, 25),
		Dispute: &data.Dispute{
			Reason: data.ReasonNotReceived, Claim: "El paquete no ha llegado.", Amount: usd(4599), CaseNumber: "EX-100200",
			OpenedAt: at(time.July, 22), StatedDue: at(time.July, 27), Stage: data.StageNegotiation, Waiting: data.ActorSeller,
			Events: []data.CaseEvent{{Kind: data.EventRefundIssued, Actor: data.ActorSeller, At: at(time.July, 24), Amount: usd(1200)}},
		},
		Feedback: &data.Feedback{Shop: shop, OrderNumber: order.Number, Stars: 3, Text: "Bonita, pero tardó mucho.", LeftAt: at(time.July, 23)},
		Extra:    exampleExtra(),
	}
}

func exampleExtra() map[string]string {
	return map[string]string{
		"answer.text": "The mug holds 350 ml.", "issue.text": "the handle is chipped", "solution.text": "we send a new mug today",
		"proof.text": "1. The carrier's record shows the delivery.\n2. The city and postcode match the order.", "delivery.eta": "28 July",
		"delay.reason": "the carrier's sorting center was closed", "pickup.place": "Madrid Sol post office", "pickup.until": "30 July",
		"offer.amount": "US$12.00", "coupon.code": "EXAMPLE10", "coupon.until": "31 August", "duty.amount": "€9.50",
		"resend.item": "one blue mug", "resend.date": "26 July", "resend.tracking": "LX987654321CN",
		"return.address": "Willow Lane Home, 12 Sample Road, Ningbo, China", "return.until": "4 August", "return.tracking": "RR112233445ES",
		"product.title": "Stoneware teapot", "promo.name": "Autumn sale", "promo.until": "30 September",
	}
}
