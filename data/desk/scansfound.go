package desk

import "casebinder/data"

var (
	problemPageEmpty = data.DefineProblem("page_empty", data.ErrInvalid,
		"The text is missing.", "Copy the page and paste it here.")
	problemPageLarge = data.DefineProblem("page_large", data.ErrLimit,
		"The page is larger than {limit}, the most that is read at once.", "Paste only the part that you need.")
	problemPageOpen = data.DefineProblem("page_open", data.ErrNotFound,
		"The file {file} cannot be opened.", "Check its name, and that you may read it.")
	problemPageNoText = data.DefineProblem("page_no_text", data.ErrInvalid,
		"{file} is not text but a picture, a document or a program.", "Copy the page's text, or attach the file to the order as evidence.")
	problemNoScans = data.DefineProblem("page_nothing_new", data.ErrInvalid,
		"There is no new scan on this page.", "Read what is said about it: the scans are already known, their parcel belongs to no order, or none was recognized.")

	foundPageBefore = talkFound("scans.taken_before",
		"The same page was added on {day}.",
		"Add it again only if scans of it are missing.")
	foundScansKnown = talkFound("scans.known",
		"Scans that the order already has: {n}. They are not added again.",
		"Nothing needs to be done.")
	foundScansSame = talkFound("scans.other_words",
		"Scans at a time at which the parcel has one in other words: {n}. They are left out, as they may be the same.",
		"Include them if they tell something else.")
	foundNewParcel = talkFound("scans.new_parcel",
		"The order {order} has no parcel {tracking}; it will be added.",
		"Check the number: it may be the carrier's second number of a parcel that is already there.")
	foundOtherNumber = talkFound("scans.other_number",
		"The page is about {page}, and the order {order} has the parcel {tracking}.",
		"Check that the page is about this order. If it is the same parcel under its second number, include it.")
	foundOtherOrder = talkFound("scans.other_order",
		"The parcel {tracking} belongs to order {other}, not to {order}. Its scans are left out.",
		"Paste the page onto that order, or include them here if the number was entered on the wrong one.")
	foundNoParcel = talkFound("scans.no_order",
		"No order has the parcel {tracking}. Its scans are left out.",
		"Choose the order that it belongs to.")
	foundTwoOrders = talkFound("scans.two_orders",
		"Several orders have the parcel {tracking}: {orders}. Its scans are left out.",
		"Choose the order that is meant.")
	foundNoNumber = talkFound("scans.no_number",
		"The page shows no tracking number; its scans were taken for the parcel {tracking}.",
		"Check that it is the right parcel.")
	foundNoNumberNone = talkFound("scans.no_number_none",
		"The page shows no tracking number, and the order {order} has no parcel with one.",
		"Enter the parcel's number first, then paste the page again.")
	foundScansFuture = talkFound("scans.future",
		"A scan is dated in the future: {text}. It is left out.",
		"Look at the time zone, and at the order of day and month.")
	foundScansEarly = talkFound("scans.before_order",
		"Scans are from before the order was placed on {day}: {n}.",
		"Check that the page is about this parcel: numbers are used again after some months.")
	foundElsewhere = talkFound("scans.other_country",
		"The page says that the parcel goes to {page}; the order goes to {order}.",
		"Check that the page is about this order.")
	foundPostcode = talkFound("scans.other_postcode",
		"The page says that it was delivered at {page}; the order's postcode is {order}.",
		"Ask the carrier for the delivery address, and keep the answer as evidence.")
)
