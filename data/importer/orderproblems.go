package importer

import "casebinder/data"

// Problems with a row that is nothing that is taken.
var (
	problemSumRow = data.DefineProblem("import_sum_row", data.ErrInvalid,
		"The row sums up others: it is named “{value}”.",
		"Nothing needs to be done, unless it is an order: then correct its number.")
	problemUnknownRow = data.DefineProblem("import_unknown_row", data.ErrInvalid,
		"It is not clear whether the row is a sale: “{value}” in the column “{header}” is not a word that the preset knows.",
		"If it is a sale, add the word to a preset of your own and import the file again; else nothing needs to be done.")
	problemNoMoney = data.DefineProblem("import_no_money", data.ErrInvalid,
		"“{file}” looks like “{preset}”, but none of the columns in which that has its amounts is there: {headers}. All totals would be 0.",
		"Say in the import window which column is the total, and keep the answer as a preset.")
)

// Doubts about orders that are taken.
var (
	problemDoubtColumns = data.DefineProblem("import_doubt_columns", data.ErrInvalid,
		"The file lacks columns that the preset “{preset}” reads, so its orders are without: {headers}.",
		"If the file has them under other names, make a mapping of your own in the import window; else export all columns.")
	problemNoteColumns = data.DefineProblem("import_note_columns", data.ErrInvalid,
		"This file is of a form of “{preset}” without the columns {headers}, so this is not known of its orders.",
		"Nothing needs to be done. Where the platform offers these columns, tick them when you export.")
	problemDoubtStatus = data.DefineProblem("import_doubt_status", data.ErrInvalid,
		"“{value}” in the column “{header}” is not a status that the preset knows (rows: {count}); nothing was concluded from it.",
		"Look at these orders at the platform, or add the word to a preset of your own and import the file again.")
	problemDoubtFate = data.DefineProblem("import_doubt_fate", data.ErrInvalid,
		"“{value}” in the column “{header}” is not a word that the preset knows for what happened to an order (rows: {count}); it is kept as it is, and nothing was concluded from it.",
		"Record in these orders who canceled and why, or add the word to a preset of your own and import the file again.")
	problemDoubtShops = data.DefineProblem("import_doubt_shops", data.ErrConflict,
		"The file holds orders of several accounts (“{header}”: {shops}). All of them are put into the shop “{shop}”.",
		"Export each account to a file of its own, undo this import, and import each file to its shop.")
	problemDoubtTwoAmounts = data.DefineProblem("import_doubt_two_amounts", data.ErrConflict,
		"Two rows of the order {number} say two amounts in the column “{header}”: {one} and {other}. {one} is taken.",
		"Compare the order with the platform, and correct the amount in the order.")
	problemDoubtCanceledUnit = data.DefineProblem("import_doubt_canceled_unit", data.ErrConflict,
		"“{item}” of the order {number} was canceled; the file does not say whether the total {total} still holds its price.",
		"Compare the total with the platform, and correct it in the order.")
	problemDoubtRefundedUnit = data.DefineProblem("import_doubt_refunded_unit", data.ErrConflict,
		"“{item}” of the order {number} came back or was refunded; the file does not say how much the buyer got back.",
		"Look at the order at the platform, and enter the refund in the order.")
	problemDoubtRefunded = data.DefineProblem("import_doubt_refunded", data.ErrConflict,
		"Of the order {number}, {refunded} was refunded of a total of {total}.",
		"Compare the refunds with the platform; a payment or the reversal of a refund may stand in another file.")
	problemDoubtRefundedWord = data.DefineProblem("import_doubt_refunded_word", data.ErrConflict,
		"The order {number} is called “{value}”, but its refunds come to {refunded} of {total}.",
		"Export a longer period, so that all refunds are in the file, or look at the order at the platform.")
	problemDoubtNoTotal = data.DefineProblem("import_doubt_no_total", data.ErrInvalid,
		"{count} orders have nothing in the columns of their total, the first of them {number}; what was paid for them is not known.",
		"Look at these orders at the platform, and enter the total in the order, or export them again.")
	problemDoubtNoHour = data.DefineProblem("import_doubt_clock_gap", data.ErrInvalid,
		"“{value}” in the column “{header}” is a time that {zone} never had: the clocks were put forward over it.",
		"Check the zone of the shop, or choose another one for this file; compare the time with the platform.")
	problemDoubtHourTwice = data.DefineProblem("import_doubt_clock_twice", data.ErrInvalid,
		"“{value}” in the column “{header}” was twice in {zone}, when the clocks were put back; the first is taken.",
		"Compare the time with the platform where the hour matters.")
)
