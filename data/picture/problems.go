package picture

import "casebinder/data"

// The problems that a person can act on.
var (
	ProblemFormat = data.DefineProblem("picture_format", data.ErrInvalid,
		"The picture cannot be shown: {format} cannot be read here.",
		"Open it in the program that made it and save a copy as JPEG or PNG; the original stays as it is.")
	ProblemDamaged = data.DefineProblem("picture_damaged", data.ErrDamaged,
		"The picture is damaged: {detail}.",
		"Get the file again from the device or the person it came from.")
	ProblemLimit = data.DefineProblem("picture_limit", data.ErrLimit,
		"The picture has {width} x {height} pixels; a picture of this kind ({format}) can have at most {limit} megapixels.",
		"Save a smaller copy as an ordinary JPEG and use that one; the original stays as it is.")
	ProblemEdit = data.DefineProblem("picture_edit", data.ErrInvalid,
		"Mark {number} ({kind}) cannot be drawn: {reason}.",
		"Draw it again on the picture, or remove it.")
	ProblemRedaction = data.DefineProblem("redaction_found", data.ErrRefused,
		"The redacted copy still holds what it must not: {found}. It was not used.",
		"Redact the picture again; if this comes back, cover the place with a box and report the fault.")
)
