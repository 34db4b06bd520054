package pdf

import "casebinder/data"

// The problems that a person can act on. The code is stable; its words may be
// translated.
var (
	ProblemImageFormat = data.DefineProblem("pdf_image_format", data.ErrInvalid,
		"The picture is in a format that cannot be placed on a page ({format}).",
		"Save it as a JPEG or PNG and add it again; the original stays as it is.")
	ProblemImageDamaged = data.DefineProblem("pdf_image_damaged", data.ErrDamaged,
		"The picture is damaged: {detail}.",
		"Get the file again from the device or the person it came from.")
	ProblemImageTooLarge = data.DefineProblem("pdf_image_too_large", data.ErrLimit,
		"The picture is {width} by {height} pixels, which is over the limit ({limit} megapixels, 65,535 in a row).",
		"Save a smaller copy and add that one.")
	ProblemImageColor = data.DefineProblem("pdf_image_color", data.ErrInvalid,
		"The picture is in colors for print (CMYK) without a profile that says what they mean, which an archive PDF may not hold.",
		"Save it as RGB and add that one, or make the PDF without the archive option.")

	ProblemAnnexPassword = data.DefineProblem("pdf_annex_password", data.ErrRefused,
		"The PDF file is locked with a password.",
		"Open it, save a copy without a password, and add the copy.")
	ProblemAnnexDamaged = data.DefineProblem("pdf_annex_damaged", data.ErrDamaged,
		"The PDF file cannot be read: {detail}.",
		"Open it in a PDF viewer, print it to a new PDF, and add that one.")
	ProblemAnnexLimit = data.DefineProblem("pdf_annex_limit", data.ErrLimit,
		"The PDF file is too large to be placed in the bundle: {detail}.",
		"Split it, or print the pages that matter to a new PDF, and add that one.")
	ProblemAnnexArchive = data.DefineProblem("pdf_annex_archive", data.ErrInvalid,
		"The pages of the PDF file cannot be placed in an archive PDF as they are: {detail}.",
		"Place pictures of its pages, or make the PDF without the archive option.")
)
