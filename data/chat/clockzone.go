package chat

// zoneNames are short names of zones; they are printed for people, and mean
// several zones each, so that they are passed over.
var zoneNames = map[string]bool{
	"GMT": true, "UTC": true, "EST": true, "EDT": true, "CST": true, "CDT": true, "MST": true, "MDT": true, "PST": true, "PDT": true, "BST": true,
	"CET": true, "CEST": true, "MEZ": true, "MESZ": true, "JST": true, "KST": true, "IST": true, "MSK": true, "AEST": true, "AEDT": true, "EET": true,
	"EEST": true, "WET": true, "WEST": true, "PT": true, "ET": true, "CT": true, "HKT": true, "SGT": true, "Z": true, "МСК": true, "PHT": true, "WIB": true,
}

// zone reads +0100, GMT+1, (UTC+8), EST behind a time.
func (c *scan) zone() bool {
	start := c.at
	c.blanks()
	bracket := c.skip("(")
	word, n := c.word()
	named := n > 0 && zoneNames[word]
	if named {
		c.at += n
	} else if n > 0 {
		c.at = start
		return false
	}
	offset := c.offset()
	if word == "Z" && !offset {
		c.v.hasOffset = true
	}
	if bracket && !c.skip(")") {
		c.at = start
		c.v.hasOffset = false
		return false
	}
	if !named && !offset {
		c.at = start
		return false
	}
	if !bracket && offset { // +0100 (CET)
		c.zone()
	}
	return true
}

func (c *scan) offset() bool {
	start := c.at
	if c.at >= len(c.s) || c.s[c.at] != '+' && c.s[c.at] != '-' {
		return false
	}
	sign := 1
	if c.s[c.at] == '-' {
		sign = -1
	}
	c.at++
	n, digits := c.number()
	minutes := 0
	switch {
	case digits == 4:
		n, minutes = n/100, n%100
	case digits == 0 || digits > 2:
		c.at = start
		return false
	case c.at < len(c.s) && c.s[c.at] == ':':
		c.at++
		minutes, _ = c.number()
	}
	if n > 14 || minutes > 59 {
		c.at = start
		return false
	}
	c.v.offset, c.v.hasOffset = sign*(n*3600+minutes*60), true
	return true
}
