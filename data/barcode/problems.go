package barcode

import "casebinder/data"

// The problems that a person can act on. The code is stable; its words may be
// translated.
var (
	ProblemUnreadable = data.DefineProblem("codes_unreadable", data.ErrInvalid,
		"The picture cannot be looked at for codes: {detail}.",
		"Open it to see whether it shows a picture, and take it from the camera or phone again.")
	ProblemLimit = data.DefineProblem("codes_limit", data.ErrLimit,
		"The picture is too large to be looked at for codes: {detail}.",
		"Save it smaller, or cut out the label, and add that one.")
)
