package data

import "time"

// HealthTold is a number that a platform shows of an account, as the seller read it
// there.
type HealthTold struct {
	ShopID     int64     `json:"-"`
	Metric     string    `json:"metric"`
	Day        string    `json:"day"`   // 2026-11-30
	Value      string    `json:"value"` // a share as a decimal: 0.0125
	Hits       int64     `json:"hits,omitempty"`
	Base       int64     `json:"base,omitempty"`
	Note       string    `json:"note,omitempty"`
	RecordedAt time.Time `json:"recorded_at,omitzero"`
	Operator   string    `json:"operator,omitempty"`
}

// HealthDay is a number of a shop as it stood on a day.
type HealthDay struct {
	Metric   string `json:"metric"`
	Day      string `json:"day"` // 2026-11-30, in the zone of the number
	Hits     int64  `json:"hits"`
	Base     int64  `json:"base"`
	Currency string `json:"currency,omitempty"` // of amounts
	Level    string `json:"level,omitempty"`
	Settings string `json:"settings,omitempty"` // JSON: the readings that were chosen
}

// HealthEvent is something that happened to a shop on a day and moves its numbers.
type HealthEvent struct {
	Day  string `json:"day"`
	Kind string `json:"kind"` // "opened", "lost", "won", "negative"
	N    int    `json:"n"`
}
