package importer

import "casebinder/data"

// Problems with a file as a whole.
var (
	problemOpen = data.DefineProblem("import_open", data.ErrNotFound,
		"“{file}” cannot be opened.",
		"Check that the file is still there, that it is a file and not a folder, and that no other program holds it.")
	problemEmpty = data.DefineProblem("import_empty", data.ErrInvalid,
		"“{file}” is empty.",
		"Export it again from the platform and check its size.")
	problemBinary = data.DefineProblem("import_binary", data.ErrInvalid,
		"“{file}” is not a table: it is neither text nor a spreadsheet.",
		"Choose the CSV, TSV, .xlsx or .xls file that the platform gave you.")
	problemHTML = data.DefineProblem("import_html", data.ErrInvalid,
		"“{file}” is really a web page, whatever its name says.",
		"Open it in a spreadsheet program, save it as .xlsx or CSV, and import that.")
	problemTooLarge = data.DefineProblem("import_too_large", data.ErrLimit,
		"“{file}” has {size}; the limit for this kind of file is {limit}.",
		"Export a shorter period from the platform, or split the file, and import the parts one after another.")
	problemManyRows = data.DefineProblem("import_many_rows", data.ErrLimit,
		"A sheet of “{file}” has more than {limit} rows.",
		"Split it into several files and import them one after another.")
	problemUnfolds = data.DefineProblem("import_unfolds", data.ErrLimit,
		"“{file}” unpacks to more than {limit}; no platform made it.",
		"Do not open it. Export the file again from the platform.")
	problemSheetDamaged = data.DefineProblem("import_sheet_damaged", data.ErrDamaged,
		"“{file}” is cut off or damaged and cannot be read as a spreadsheet ({detail}).",
		"Download or copy it again; or open it in a spreadsheet program, save it under a new name, and import that.")
	problemPassword = data.DefineProblem("import_password", data.ErrInvalid,
		"“{file}” is locked with a password.",
		"Open it in a spreadsheet program, save it without the password, and import that.")
	problemOldSheet = data.DefineProblem("import_old_sheet", data.ErrInvalid,
		"“{file}” is a spreadsheet of a kind that is not read ({detail}).",
		"Open it in a spreadsheet program, save it as .xlsx, and import that.")
	problemNoSheet = data.DefineProblem("import_no_sheet", data.ErrNotFound,
		"“{file}” has no sheet “{sheet}”.",
		"Choose one of its sheets in the import window.")
	problemNoTable = data.DefineProblem("import_no_table", data.ErrInvalid,
		"The archive “{file}” holds no table.",
		"Look whether it is the right archive; a table in it ends in .csv, .tsv, .txt, .xlsx, .xls or .ods.")
	problemArchiveDamaged = data.DefineProblem("import_archive_damaged", data.ErrDamaged,
		"The archive “{file}” is cut off or damaged ({detail}).",
		"Download or copy it again, or unpack it with another program and import the tables.")
	problemManyMembers = data.DefineProblem("import_many_members", data.ErrLimit,
		"The archive “{file}” holds more than {limit} files.",
		"Unpack it and import the tables that you need.")
	problemManySheets = data.DefineProblem("import_many_sheets", data.ErrLimit,
		"“{file}” has more than {limit} sheets.",
		"Save the sheets that you need in a workbook of their own, and import that.")
	problemManyTexts = data.DefineProblem("import_many_texts", data.ErrLimit,
		"“{file}” holds more than {limit} different texts, or texts of more than 160 MiB.",
		"Save it as CSV and import that, or split it into several workbooks.")
	problemNoHeader = data.DefineProblem("import_no_header", data.ErrInvalid,
		"No row of “{file}” can be the names of its columns.",
		"Choose separator, encoding and header line by hand in the import window.")
	problemNoRows = data.DefineProblem("import_no_rows", data.ErrInvalid,
		"“{file}” has a header in line {line}, but no row below it.",
		"Check the period that you chose at the platform: there were no orders in it, or the export is not finished.")
	problemNoPreset = data.DefineProblem("import_no_preset", data.ErrInvalid,
		"No preset fits the header of “{file}”.",
		"Say in the import window which column is what, and keep the answer as a preset.")
	problemMissing = data.DefineProblem("import_missing_column", data.ErrInvalid,
		"“{file}” lacks the column “{header}”, which the preset “{preset}” needs.",
		"Choose another preset, or say in the import window which column is what.")
	problemEncoding = data.DefineProblem("import_encoding", data.ErrInvalid,
		"The encoding “{encoding}” is not supported.",
		"Choose one of these: {list}.")
	problemAskDates = data.DefineProblem("import_ask_dates", data.ErrInvalid,
		"The dates in the column “{header}” can be read in two ways, such as {value}.",
		"Say in the import window, or with --day-first, whether the day or the month comes first.")
	problemAskMinor = data.DefineProblem("import_ask_minor", data.ErrInvalid,
		"The amounts in the column “{header}” have no decimal sign, such as {value}; they may be counted in the smallest coin.",
		"Say in the import window, or with --minor-units, whether 1234 means 12.34 or 1,234.00; compare one amount with the platform.")
)

// Problems with one row.
var (
	problemLongRecord = data.DefineProblem("import_long_row", data.ErrLimit,
		"Line {line} begins a row of more than {limit}.",
		"The file is not a table, or a quotation mark is never closed. Export it again from the platform.")
	problemOpenQuote = data.DefineProblem("import_open_quote", data.ErrInvalid,
		"A quotation mark is opened in line {line} and not closed in its row.",
		"Correct the line in a text editor, or export the file again.")
	problemManyCells = data.DefineProblem("import_many_cells", data.ErrInvalid,
		"The row has {cells} cells, but the header has {columns}.",
		"A text in the row holds the separator. Correct the line, or export the file again.")
	problemFewCells = data.DefineProblem("import_few_cells", data.ErrInvalid,
		"The row has {cells} cells, but the header has {columns}.",
		"The row is cut off, or a text in it holds a line break. Correct the line, or export the file again.")
	problemControl = data.DefineProblem("import_control", data.ErrInvalid,
		"The row contains characters that do not belong in text.",
		"Export the file again from the platform; this copy is damaged.")
	problemNoNumber = data.DefineProblem("import_no_number", data.ErrInvalid,
		"The row has no order number in the column “{header}”.",
		"Add the number and import the row again, or leave it out if it is not an order.")
	problemNoTracking = data.DefineProblem("import_no_tracking", data.ErrInvalid,
		"The row has no tracking number in the column “{header}”.",
		"Add the number and import the row again, or leave it out if it is not a parcel.")
	problemNoProductName = data.DefineProblem("import_no_product", data.ErrInvalid,
		"The row does not name a product: it has no SKU, and nothing in the column “{header}”.",
		"Add the title or the SKU and import the row again, or leave it out if it is not a product.")
	problemManyArticles = data.DefineProblem("import_many_products", data.ErrInvalid,
		"The file holds more than {most} products, or too much text for one file.",
		"Split the file, and import each part.")
	problemScientific = data.DefineProblem("import_scientific", data.ErrInvalid,
		"The order number {value} was turned into a rounded number by a spreadsheet program; its last digits are gone.",
		"Import the file as the platform gave it, without opening and saving it in a spreadsheet program before.")
	problemRoundedNumber = data.DefineProblem("import_rounded", data.ErrInvalid,
		"The order number {value} is stored as a number of more than 15 digits; a spreadsheet rounds such numbers, so it may be wrong.",
		"Import the file as the platform gave it, or format the column as text before the numbers are pasted in.")
	problemLongNumber = data.DefineProblem("import_long_number", data.ErrInvalid,
		"The order number in the column “{header}” is longer than {limit} characters or has several lines.",
		"Check that the right column was chosen for the order number.")
	problemBadDate = data.DefineProblem("import_date", data.ErrInvalid,
		"“{value}” in the column “{header}” is not a readable date, or the day does not exist.",
		"Correct the date, or choose another column for it in the import window.")
	problemBadZone = data.DefineProblem("import_zone", data.ErrInvalid,
		"“{value}” in the column “{header}” is not clearly a time zone.",
		"Write an offset such as +08:00, or a name such as Asia/Shanghai.")
	problemBadAmount = data.DefineProblem("import_amount", data.ErrInvalid,
		"“{value}” in the column “{header}” is not clearly an amount of money.",
		"Correct the amount, or choose the decimal sign in the import window or with --decimal.")
	problemNoCurrency = data.DefineProblem("import_no_currency", data.ErrInvalid,
		"The amount {value} in the column “{header}” has no currency.",
		"Set the shop's currency, or choose the column that holds it, and import the row again.")
	problemWhichCurrency = data.DefineProblem("import_which_currency", data.ErrInvalid,
		"“{symbol}” in the column “{header}” is the sign of several currencies.",
		"Set the shop's currency, which says what the sign means, and import the row again.")
	problemTwoCurrencies = data.DefineProblem("import_two_currencies", data.ErrConflict,
		"The order {number} has amounts in {one} and in {other}.",
		"Check the rows of this order at the platform.")
	problemErrorCell = data.DefineProblem("import_error_cell", data.ErrInvalid,
		"The cell in the column “{header}” holds an error of a formula: {value}.",
		"Fix the cell in a spreadsheet program, save, and import the file again.")
	problemNoResult = data.DefineProblem("import_no_result", data.ErrInvalid,
		"The cell in the column “{header}” holds a formula whose result was not saved.",
		"Open the file in a spreadsheet program, save it there, and import it again.")
	problemBadQuantity = data.DefineProblem("import_quantity", data.ErrInvalid,
		"“{value}” in the column “{header}” is not a quantity.",
		"Write a whole number from 1 to 1,000,000,000.")
	problemBadSide = data.DefineProblem("import_side", data.ErrInvalid,
		"“{value}” under “{header}” does not say whether the feedback was received or given.",
		"Write received or given there, or leave the cell empty for received.")
	problemBadStars = data.DefineProblem("import_stars", data.ErrInvalid,
		"“{value}” in the column “{header}” is not a number of stars.",
		"Write a whole number from 1 to 5.")
	problemBadDirection = data.DefineProblem("import_direction", data.ErrInvalid,
		"“{value}” in the column “{header}” does not say who wrote the message.",
		"Write in for the buyer, out for the shop, platform for a notice.")
	problemNoText = data.DefineProblem("import_no_text", data.ErrInvalid,
		"The row has no text or no time.",
		"A message needs both. Leave the row out if it is not a message.")
	problemOtherRow = data.DefineProblem("import_other_row", data.ErrInvalid,
		"Line {line} belongs to the same order {number} and cannot be taken, so neither can this one.",
		"Correct that line; an order is taken whole or not at all.")
	problemScattered = data.DefineProblem("import_scattered", data.ErrInvalid,
		"The order {number} began more than {limit} orders above.",
		"Sort the file by order number and import it again.")
	problemManyItems = data.DefineProblem("import_many_items", data.ErrLimit,
		"The order {number} has more than {limit} rows.",
		"Check that the right column was chosen for the order number.")
	problemLeftOut = data.DefineProblem("import_left_out", data.ErrInvalid,
		"The row is not an order: {header} is “{value}”.",
		"Nothing needs to be done, unless it should be one: then change the preset.")
	problemNoPayment = data.DefineProblem("import_no_payment", data.ErrNotFound,
		"The refund is about payment {reference}, which is not in this file.",
		"Export a longer period, so that the payment and its refund are in one file.")
)

// Problems with a row of disputes.
var (
	problemNoCase = data.DefineProblem("import_no_case", data.ErrInvalid,
		"The row is not a dispute: {header} is “{value}”.",
		"Nothing needs to be done, unless it should be one: then change the preset.")
	problemNoOrder = data.DefineProblem("import_no_order", data.ErrInvalid,
		"The case “{case}” names neither an order nor a payment.",
		"Add the order number or the payment's transaction number to the row and import it again.")
	problemBadKey = data.DefineProblem("import_case_number", data.ErrInvalid,
		"“{value}” in the column “{header}” is no number that a platform writes: a spreadsheet rounded it, or it is longer than {limit} characters.",
		"Import the file as the platform gave it, or check that the right column was chosen.")
	problemNoOpening = data.DefineProblem("import_no_opening", data.ErrInvalid,
		"The row does not say in the column “{header}” when the case was opened.",
		"Add the date and import the row again; every deadline is counted from it.")
	problemBeforeOpening = data.DefineProblem("import_before_opening", data.ErrConflict,
		"“{value}” in the column “{header}” lies before the opening {opened}.",
		"Check both dates and their time zone at the platform, correct the row and import it again.")
	problemNegative = data.DefineProblem("import_negative", data.ErrInvalid,
		"The disputed amount {value} in the column “{header}” is below zero.",
		"Enter the claimed amount without a minus sign, or choose the column that holds it.")
	problemCaseTwice = data.DefineProblem("import_case_twice", data.ErrConflict,
		"Line {line} says something else of the same case {case} in the column “{header}”, so neither row is taken.",
		"Check the case at the platform, leave the row in the file that is right, and import it again.")
	problemRepeated = data.DefineProblem("import_repeated", data.ErrInvalid,
		"The row says the same as line {line}, which is taken.",
		"Nothing needs to be done.")
	problemOlderRow = data.DefineProblem("import_older_row", data.ErrInvalid,
		"Line {line} says more recently how the case {case} stands, and is taken.",
		"Nothing needs to be done.")
)

// Doubts about a file that is taken.
var (
	problemDoubtReplaced = data.DefineProblem("import_doubt_replaced", data.ErrDamaged,
		"The row holds bytes that are no characters in the file's encoding; each is shown as “\uFFFD”.",
		"Correct the texts of this row in the desk, or export the file again from the platform.")
)

// Doubts about the tables of a file.
var (
	problemDoubtHidden = data.DefineProblem("import_doubt_hidden", data.ErrInvalid,
		"The sheet “{sheet}” is hidden in the workbook; it is read after the others.",
		"Look at it in a spreadsheet program. Where it is not meant, delete it there and import the file again.")
	problemDoubtTable = data.DefineProblem("import_doubt_table", data.ErrInvalid,
		"“{table}” was not read: its header, which begins “{header}”, is not known.",
		"If it holds orders too, import it by itself and say what each column holds.")
	problemDoubtOther = data.DefineProblem("import_doubt_other_platform", data.ErrInvalid,
		"“{table}” is not read: it is of another platform, {preset}.",
		"Import it by itself, into a shop of that platform.")
	problemDoubtLeft = data.DefineProblem("import_doubt_members", data.ErrInvalid,
		"Files of the archive are not read, as they are no tables: {list}.",
		"Unpack the archive and look at them.")
	problemDoubtUnread = data.DefineProblem("import_doubt_unread", data.ErrInvalid,
		"“{table}” was not read: {reason}",
		"Unpack it, fix it, and import it by itself.")
	problemDoubtCell = data.DefineProblem("import_doubt_cell", data.ErrInvalid,
		"The cell in the column “{header}” holds an error of a formula, {value}, and is taken as empty.",
		"Fix the cell in a spreadsheet program, save, and import the file again.")
	problemDoubtFormula = data.DefineProblem("import_doubt_formula", data.ErrInvalid,
		"The cell in the column “{header}” holds a formula whose result was not saved, and is taken as empty.",
		"Open the file in a spreadsheet program, save it there, and import it again.")
)

// Doubts about how the text of a file is encoded.
var (
	problemDoubtEncoding = data.DefineProblem("import_doubt_encoding", data.ErrInvalid,
		"The file does not say how its letters are encoded. It is read as {encoding}, so that a word in it is “{value}”; in {second} it is “{other}”.",
		"Look at the names. Where they are wrong, choose the encoding in the import window, or with --encoding, and import the file again.")
	problemDoubtNonsense = data.DefineProblem("import_doubt_nonsense", data.ErrInvalid,
		"The letters of the file make no sense in any encoding that is known, {encoding} being the nearest: one word reads “{value}”.",
		"Look at the names. Choose another encoding in the import window, or with --encoding; or export the file again as UTF-8.")
	problemDoubtTwice = data.DefineProblem("import_doubt_twice", data.ErrDamaged,
		"A program read the file's letters wrongly before it came here: “{value}” seems to have been “{was}”.",
		"Export the file again from the platform, and do not open and save it in a spreadsheet program before.")
	problemDoubtLost = data.DefineProblem("import_doubt_lost", data.ErrDamaged,
		"Letters were lost before the file came here: it has words such as “{value}” in their place.",
		"Export the file again from the platform as UTF-8, and do not open and save it in a spreadsheet program before.")
)

// Doubts about a dispute that is taken.
var (
	problemDoubtReason = data.DefineProblem("import_doubt_reason", data.ErrInvalid,
		"“{value}” in the column “{header}” is not a reason that the preset knows; the case is taken with the reason “other”.",
		"Choose the reason in the case, or add the word to the preset and import the file again.")
	problemNoReason = data.DefineProblem("import_doubt_no_reason", data.ErrInvalid,
		"The row gives no reason for the case; it is taken with the reason “other”.",
		"Look the reason up at the platform and choose it in the case.")
	problemDoubtWord = data.DefineProblem("import_doubt_word", data.ErrInvalid,
		"“{value}” in the column “{header}” is not a word that the preset knows; nothing was concluded from it.",
		"Look at the case on the platform and record what happened, or add the word to the preset.")
	problemDoubtMinor = data.DefineProblem("import_doubt_minor", data.ErrInvalid,
		"It is not known whether {value} {currency} is counted in hundredths in such a file; the case is taken without its amount.",
		"Look the amount up at the platform and write it into the case.")
	problemDoubtCurrency = data.DefineProblem("import_doubt_currency", data.ErrInvalid,
		"The file does not say whether the disputed amount {value} is in {one} or in {other}; it is taken in {one}.",
		"Compare the amount with the platform, and correct it in the case.")
)
