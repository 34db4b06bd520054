package pages

import "casebinder/data"

// The problems that a person can act on. The code is stable; its words may be
// translated.
var (
	ProblemPassword = data.DefineProblem("pages_password", data.ErrRefused,
		"The PDF file is locked with a password, so its pages cannot be shown.",
		"Open it, save a copy without a password, and add the copy.")
	ProblemDamaged = data.DefineProblem("pages_damaged", data.ErrDamaged,
		"The pages of the PDF file cannot be shown: {detail}.",
		"Open it in a PDF viewer, print it to a new PDF, and add that one.")
	ProblemLimit = data.DefineProblem("pages_limit", data.ErrLimit,
		"The PDF file is too large for its pages to be shown: {detail}.",
		"Split it, or print the pages that matter to a new PDF, and add that one.")
	ProblemSlow = data.DefineProblem("pages_slow", data.ErrLimit,
		"The PDF file takes more than {limit} to draw, so its pages are not shown.",
		"Print it as pictures to a new PDF, and add that one.")
)

func damaged(cause error, detail string) error {
	return ProblemDamaged.Wrap(cause, "detail", detail)
}

func overLimit(cause error, detail string) error {
	return ProblemLimit.Wrap(cause, "detail", detail)
}
