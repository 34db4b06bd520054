package data

// Rejection is one row of a file that was not taken.
type Rejection struct {
	File   string   `json:"file"`
	Line   int      `json:"line"`  // 1 is the first line of the file, or the first row of the sheet
	Cells  []string `json:"cells"` // as read
	Reason *Problem `json:"-"`
}

// ImportCounts says what an import did, in orders.
type ImportCounts struct {
	Added     int `json:"added"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
	Older     int `json:"older"`    // the file is older than what the desk has; left as it is
	Rejected  int `json:"rejected"` // rows
}
