package notice

import "casebinder/data"

// Problems with a file or a recognizer as a whole.
var (
	problemEmpty = data.DefineProblem("notice_empty", data.ErrInvalid,
		"“{file}” is empty.",
		"Save the mail again from your mail program.")
	problemNotMail = data.DefineProblem("notice_not_mail", data.ErrInvalid,
		"“{file}” is not an e-mail.",
		"Drop .eml or .mbox files, or paste the text of the mail.")
	problemOutlook = data.DefineProblem("notice_outlook", data.ErrInvalid,
		"“{file}” is an Outlook message, a format that only Outlook reads.",
		"Open it in your mail program and save it as .eml, or paste its text.")
	problemManyMails = data.DefineProblem("notice_many_mails", data.ErrLimit,
		"“{file}” has more than {limit} mails; the mails after these were not read.",
		"Move the platforms' notices into a folder of their own in your mail program and export that.")
	problemChanged = data.DefineProblem("notice_changed", data.ErrDamaged,
		"Mail {index} of “{file}” is not the one that was read before.",
		"Drop the file again.")
	problemNoAttachment = data.DefineProblem("notice_no_attachment", data.ErrNotFound,
		"Mail {index} of “{file}” has no attachment {number}.",
		"Drop the file again.")
	problemLongPaste = data.DefineProblem("notice_long_paste", data.ErrLimit,
		"The pasted text has {size}; {limit} is the most.",
		"Paste the mail's text alone, or save the mail as .eml and drop that.")
)

// Doubts about one mail: what could not be read, or not for certain.
var (
	problemForgeable = data.DefineProblem("notice_forgeable", data.ErrInvalid,
		"The mail says that it comes from {address}; anybody can write any sender into an e-mail.",
		"Look the case up on the platform's own site before you act. Do not use links in the mail.")
	problemPasted = data.DefineProblem("notice_pasted", data.ErrInvalid,
		"The text was pasted, so nothing says who sent it.",
		"Compare it with the case on the platform's own site.")
	problemNoSender = data.DefineProblem("notice_no_sender", data.ErrInvalid,
		"The mail has no sender that can be read.",
		"Enter the case by hand if the mail is a platform's notice.")
	problemManySenders = data.DefineProblem("notice_many_senders", data.ErrInvalid,
		"The mail names {count} senders; a platform's notice has one.",
		"Treat it as a forgery unless the platform's own site shows the case.")
	problemUnknownSender = data.DefineProblem("notice_unknown_sender", data.ErrNotFound,
		"No recognizer knows the sender {address}.",
		"If it was forwarded, save the original mail and drop that. If it is a platform's notice, add the sender to a recognizer or enter the case by hand.")
	problemLooksLike = data.DefineProblem("notice_looks_like", data.ErrInvalid,
		"The mail calls itself {platform}, but {address} is not among its senders.",
		"It may be a forgery, or forwarded. Look the case up on the platform's own site; save the original mail and drop that.")
	problemRelayed = data.DefineProblem("notice_relayed", data.ErrInvalid,
		"{address} passes on what buyers write; this is not a notice from the platform.",
		"Keep it as a message in the order, if it matters.")
	problemNoEvent = data.DefineProblem("notice_no_event", data.ErrNotFound,
		"The mail is sent as {platform}, but says nothing that its recognizer knows as an event of a case.",
		"Choose the kind of event by hand, or skip the mail.")
	problemTwoEvents = data.DefineProblem("notice_two_events", data.ErrConflict,
		"The mail fits several kinds of event: {values}.",
		"Read the mail and choose one.")
	problemTwoPlatforms = data.DefineProblem("notice_two_platforms", data.ErrConflict,
		"The text fits several recognizers: {values}.",
		"Choose the platform, and enter the event by hand.")
	problemTwoValues = data.DefineProblem("notice_two_values", data.ErrConflict,
		"The mail has several values for {field}: {values}.",
		"Choose the right one; none was taken.")
	problemTwoReasons = data.DefineProblem("notice_two_reasons", data.ErrConflict,
		"The mail fits several reasons: {values}.",
		"Read the mail and choose one.")
	problemNoDate = data.DefineProblem("notice_no_date", data.ErrInvalid,
		"The mail has no date that can be read.",
		"Enter when it came.")
	problemDueUnread = data.DefineProblem("notice_due_unread", data.ErrInvalid,
		"The due date “{text}” cannot be read.",
		"Enter it by hand, as the platform's own site shows it.")
	problemDueTwoWays = data.DefineProblem("notice_due_ambiguous", data.ErrInvalid,
		"The due date “{text}” can be {one} or {two}.",
		"Choose one, as the platform's own site shows it.")
	problemDueYear = data.DefineProblem("notice_due_no_year", data.ErrInvalid,
		"The due date “{text}” has no year.",
		"Enter it by hand, as the platform's own site shows it.")
	problemDueZone = data.DefineProblem("notice_due_zone", data.ErrInvalid,
		"The due date “{text}” has no time zone that is known for certain.",
		"Choose the time zone, or set the shop's.")
	problemDueWeekday = data.DefineProblem("notice_due_weekday", data.ErrConflict,
		"The due date “{text}” names a weekday that {day} is not.",
		"Enter it by hand, as the platform's own site shows it.")
	problemDueDay = data.DefineProblem("notice_due_day", data.ErrInvalid,
		"The due date “{text}” has no time of day; it was read as the end of that day ({zone}).",
		"Answer a day earlier if you can, and correct the time if the platform's own site shows one.")
	problemDueClock = data.DefineProblem("notice_due_clock", data.ErrInvalid,
		"The clocks of {zone} change at “{text}”: that time does not exist, or comes twice.",
		"Enter the due date by hand, with the offset from UTC.")
	problemDueSeason = data.DefineProblem("notice_due_season", data.ErrInvalid,
		"The due date “{text}” names a time zone that is not in force then in {zone}; the earlier reading was taken: {at}.",
		"Compare it with the platform's own site.")
	problemDateUnused = data.DefineProblem("notice_date_unused", data.ErrInvalid,
		"The mail names dates that were not taken as the due date: {values}.",
		"Read where they stand. If one is the last day to answer, enter it.")
	problemPeriod = data.DefineProblem("notice_period", data.ErrInvalid,
		"The mail gives a period and no date: {values}. From when it counts is not said, so no due date was taken from it.",
		"Enter the date that the platform's own site shows. Without one, the case counts by its rules.")
	problemBuyerWords = data.DefineProblem("notice_buyer_words", data.ErrInvalid,
		"The buyer's own words name dates, of which none was taken: {values}.",
		"Read them, and go by the platform's own site.")
	problemHeader = data.DefineProblem("notice_header", data.ErrNotFound,
		"The mail's header {header} says {value}, which no rule knows.",
		"Check the kind of event that was told from the words of the mail, or choose it by hand.")
	problemDueBefore = data.DefineProblem("notice_due_before", data.ErrConflict,
		"The due date “{text}” is before the mail itself.",
		"Compare it with the platform's own site.")
	problemDueFar = data.DefineProblem("notice_due_far", data.ErrInvalid,
		"The due date “{text}” lies more than a year after the mail.",
		"Compare it with the platform's own site: the year, and the order of day and month.")
	problemAmountUnread = data.DefineProblem("notice_amount_unread", data.ErrInvalid,
		"The amount “{text}” cannot be read for certain.",
		"Enter amount and currency by hand.")
	problemAmountCurrency = data.DefineProblem("notice_amount_currency", data.ErrInvalid,
		"The amount “{text}” has no currency that is known for certain.",
		"Enter the currency, or set the shop's.")
	problemLarge = data.DefineProblem("notice_large", data.ErrLimit,
		"The mail has {size}; of mails over {limit} only the header is read.",
		"Save its attachments in your mail program, then paste its text.")
	problemParts = data.DefineProblem("notice_parts", data.ErrLimit,
		"The mail is put together from too many parts; some were not read.",
		"No platform sends such a mail. Open it in your mail program, and paste its text if it is genuine.")
	problemBroken = data.DefineProblem("notice_broken", data.ErrDamaged,
		"The mail is damaged and was read in part ({detail}).",
		"Compare the text below with your mail program, or save the mail again.")
	problemCut = data.DefineProblem("notice_text_cut", data.ErrLimit,
		"The mail's text is longer than {limit}; what follows was not searched.",
		"Paste the part that names case and date.")
	problemCharacters = data.DefineProblem("notice_characters", data.ErrDamaged,
		"The mail does not say, or says wrongly, in which encoding it is written; it was read as {encoding}.",
		"Compare the text below with your mail program.")
	problemManyAttachments = data.DefineProblem("notice_attachments", data.ErrLimit,
		"The mail has {count} attachments; {limit} are listed.",
		"Save the others in your mail program.")
	problemAttachedMail = data.DefineProblem("notice_attached_mail", data.ErrNotFound,
		"The mail carries another mail as an attachment, which was not searched.",
		"Save the attached mail as .eml and drop that.")
)
