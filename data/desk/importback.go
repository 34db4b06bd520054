package desk

import (
	"strings"

	"casebinder/data"
)

// DeedOlder takes the state to which a file takes an order back: the import with
// ImportRequest.AcceptOlder.
const DeedOlder = "import.older"

var (
	problemBack = data.DefineProblem("import_doubt_back", data.ErrConflict,
		"The file takes the order {number} back from “{was}” to “{is}”; it stays as it is.",
		"If the file is the newer one, import it again and accept what goes back; else nothing needs to be done.")
	problemBackTaken = data.DefineProblem("import_doubt_back_taken", data.ErrConflict,
		"The file took the order {number} back from “{was}” to “{is}”, as you accepted.",
		"Nothing needs to be done, unless the file was an older one: then undo it, or import the newer one again.")
	problemBackRefund = data.DefineProblem("import_doubt_back_refund", data.ErrConflict,
		"The file takes the order {number} back from “{was}” with {refunded} refunded to “{is}” with {told}; it stays as it is.",
		"If the file is the newer one, import it again and accept what goes back; else nothing needs to be done.")
	problemBackRefundTaken = data.DefineProblem("import_doubt_back_refund_taken", data.ErrConflict,
		"The file took the order {number} back from “{was}” with {refunded} refunded to “{is}” with {told}, as you accepted.",
		"Nothing needs to be done, unless the file was an older one: then undo it, or import the newer one again.")
)

var (
	problemKept = data.DefineProblem("import_doubt_stated", data.ErrConflict,
		"The file says that the order {number} is “{is}”, but you recorded “{was}”; that stays.",
		"If the file is right, import it again and accept what goes back; else nothing needs to be done.")
	problemKeptRefund = data.DefineProblem("import_doubt_stated_refund", data.ErrConflict,
		"The file says that {told} of the order {number} was refunded, but you recorded {refunded}; that stays.",
		"If the file is right, import it again and accept what goes back; else nothing needs to be done.")
	problemKeptAddress = data.DefineProblem("import_doubt_stated_address", data.ErrConflict,
		"The file has another address for the order {number} than the one that you recorded, which stays.",
		"Look at the platform: sellers are protected at the address of the transaction. If the file is right, import it again and accept what goes back.")
)

// keptStated tells what a file says of an order other than a person did, whose word
// stays.
func keptStated(known, told *data.Order, name string) *data.Problem {
	switch name {
	case data.StatedRefunded:
		return problemKeptRefund.New("number", known.Number, "told", in(told.Refunded, known.Refunded), "refunded", known.Refunded)
	case data.StatedShipTo:
		return problemKeptAddress.New("number", known.Number)
	}
	return problemKept.New("number", known.Number, "was", standing(known), "is", standing(told))
}

// goesBack tells from what to what a file takes an order back, and whether it was
// let. What was refunded is told where that changes too.
func goesBack(known, told *data.Order, taken bool) *data.Problem {
	kind, args := problemBack, []any{"number", told.Number, "was", standing(known), "is", standing(told)}
	if taken {
		kind = problemBackTaken
	}
	if known.Refunded != told.Refunded {
		kind = problemBackRefund
		if taken {
			kind = problemBackRefundTaken
		}
		args = append(args, "refunded", in(known.Refunded, told.Refunded), "told", in(told.Refunded, known.Refunded))
	}
	return kind.New(args...)
}

// in is an amount that names its currency, or nothing in that of another.
func in(m, other data.Money) data.Money {
	if m.Currency == "" {
		m.Currency = other.Currency
	}
	return m
}

// standing says where an order stands: the word of the vocabulary "order_status"
// that the language files have under it.
func standing(o *data.Order) string { return strings.ReplaceAll(string(o.Status), "_", " ") }
