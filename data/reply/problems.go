package reply

import "casebinder/data"

// What can be wrong with a template or a draft. Each problem of a template has
// the argument "line", counted from 1.
var (
	problemSyntax = data.DefineProblem("reply_syntax", data.ErrInvalid,
		"Line {line} of the template cannot be read: {detail}.",
		"Compare the line with a built-in template: a variable stands in double braces, a condition ends with its own end tag.")
	problemVariable = data.DefineProblem("reply_unknown_variable", data.ErrInvalid,
		"Line {line} of the template uses “{name}”, which is not a variable.",
		"Choose a variable from the list; the nearest one is {suggestion}.")
	problemTag = data.DefineProblem("reply_unknown_tag", data.ErrInvalid,
		"Line {line} of the template uses the tag “{name}”, which replies do not have.",
		"Use only if, elsif, else, unless, case, when and comment with their end tags.")
	problemFilter = data.DefineProblem("reply_unknown_filter", data.ErrInvalid,
		"Line {line} of the template uses the filter “{name}”, which replies do not have.",
		"Use only these filters: {filters}.")
	problemBraces = data.DefineProblem("reply_unclosed_braces", data.ErrInvalid,
		"Line {line} of the template has “{text}” without its other half.",
		"Close it on the same line, or remove it: a buyer must never see template code.")
	problemTemplateLong = data.DefineProblem("reply_template_too_long", data.ErrLimit,
		"The template has {size} bytes; {limit} are allowed.",
		"Shorten it, or split it into two templates.")
	problemTextLong = data.DefineProblem("reply_text_too_long", data.ErrLimit,
		"The filled text has {size} bytes; {limit} are allowed.",
		"Take long variables, such as the buyer's own words, out of the template.")
	problemEmpty = data.DefineProblem("reply_empty", data.ErrInvalid,
		"The template produces no text.",
		"Write at least one sentence outside of any condition.")
	problemLiteral = data.DefineProblem("reply_literal_code", data.ErrRefused,
		"The filled text would show template code to the buyer: “{text}”.",
		"It comes from a value of the order or from what was typed. Type another value for {name}.")
	problemEncoding = data.DefineProblem("reply_encoding", data.ErrInvalid,
		"The template holds bytes that are not text (UTF-8).",
		"Save the template as UTF-8 text and try again.")
)
