package data

import "time"

// Template is a reply for one scenario, with a variant for each language or
// wording.
type Template struct {
	ID       int64     `json:"-"`
	UID      string    `json:"uid"`      // stable name for built-in ones ("pre_sale_answer"), UUIDv7 for the seller's own
	Scenario string    `json:"scenario"` // group key, such as "shipping"; shown translated when it is a built-in one
	Name     string    `json:"name"`     // English for built-in ones; the language files translate "template.<uid>"
	Variants []Variant `json:"variants"`
	BuiltIn  bool      `json:"built_in"`
	BinnedAt time.Time `json:"binned_at,omitzero"`
}

// Variant is a template in one language and wording. Its body is a Liquid
// template over the variables that package reply lists.
type Variant struct {
	UID      string `json:"uid"`
	Language string `json:"language"` // BCP 47
	Label    string `json:"label,omitempty"`
	Body     string `json:"body"`
	Edited   bool   `json:"edited,omitempty"` // of a built-in template: the seller's own; without it the program's newest wording
}

// TemplateUse is what became of the messages that were sent from one text of a
// template.
type TemplateUse struct {
	Template string    `json:"template"` // UID
	Variant  string    `json:"variant"`  // UID
	Sent     int       `json:"sent"`
	Answered int       `json:"answered"` // by the buyer, within a week
	Disputed int       `json:"disputed"` // a dispute was opened on the order afterwards
	Last     time.Time `json:"last"`     // sent at
}
