package data

// Rejection is one row of a file that was not taken: the finding says why, and
// where it stands. Row 1 is the first line of the file, or the first row of the
// sheet. It is Info where the row is nothing that would be taken, such as a fee.
type Rejection struct {
	Finding
	Cells []string `json:"cells"` // as read
}

// ImportCounts says what an import did, in orders.
type ImportCounts struct {
	Added     int `json:"added"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
	Older     int `json:"older"`    // the file is older than what the desk has; left as it is
	Rejected  int `json:"rejected"` // rows
}
