package report

import "casebinder/data"

// phrasesOf defines a phrase for each value, under keys that begin alike.
func phrasesOf[K ~string](key string, english map[K]string) map[K]data.Phrase {
	all := map[K]data.Phrase{}
	for k, words := range english {
		all[k] = data.DefinePhrase(key+"."+string(k), words)
	}
	return all
}

var (
	phraseColumn = phrasesOf("report.col", map[string]string{
		"shop": "Shop", "platform": "Platform", "reason": "Reason", "cause": "Cause", "product": "Product", "supplier": "Supplier", "carrier": "Carrier",
		"country": "Country", "operator": "Operator", "month": "Month", "template": "Template", "channel": "Channel", "weekday": "Day", "order": "Order", "outcome": "Outcome", "lesson": "Lesson",
	})
	phraseMoneyBy = phrasesOf("report.money", map[string]string{
		"shop": "Money by shop", "platform": "Money by platform", "reason": "Money by reason", "product": "Money by product",
		"carrier": "Money by carrier", "month": "Money by month",
	})
	phraseLessonsBy = phrasesOf("report.lessons", map[string]string{
		"cause": "Cases by cause", "product": "Cases by product", "supplier": "Cases by supplier", "carrier": "Cases by carrier",
		"country": "Cases by country", "operator": "Cases by operator", "month": "Cases by month",
	})
	phraseWinsBy  = phrasesOf("report.wins", map[string]string{"reason": "Outcomes by reason", "platform": "Outcomes by platform", "month": "Outcomes by month"})
	phraseMeasure = phrasesOf("report.measure", map[Measure]string{
		AtRisk: "At risk", Recovered: "Recovered", Refunded: "Refunded", Sold: "Sales", Goods: "Goods", Postage: "Postage", Fees: "Fees",
	})
	phraseMarginBy = phrasesOf("report.margin", map[string]string{"shop": "Margin by shop", "product": "Margin by product", "month": "Margin by month"})

	phraseWholeOrders   = data.DefinePhrase("report.margin.orders", "Orders counted")
	phraseMargin        = data.DefinePhrase("report.margin.left", "Margin")
	phraseMarginRate    = data.DefinePhrase("report.margin.rate", "Of sales")
	phraseUnknownCost   = data.DefinePhrase("report.margin.unknown", "Cost not known")
	phraseLacking       = data.DefinePhrase("report.margin.lacking", "Costs not known")
	phraseWhy           = data.DefinePhrase("report.margin.why", "What is lacking")
	phraseOrdersLacking = data.DefinePhrase("report.margin.without", "Orders")
	phraseLackRate      = data.DefinePhrase("report.margin.no_rate", "no rate from {currency} into {target} is entered for these days")

	phraseNoteMargin = data.DefinePhrase("report.note.margin", "Orders placed in the period, without those unpaid or canceled: what the buyer paid, less refunds, goods, postage and fees. "+
		"Goods by the cost of each product on the day of the order, else by the shop's figure; postage and fees as entered for the order, else by the shop's figure.")
	phraseNoteLacking       = data.DefinePhrase("report.note.margin_unknown", "An order of which a cost or a rate is not known is in no sum; it is counted in the last column and named under “Costs not known”.")
	phraseNoteMarginSeveral = data.DefinePhrase("report.note.margin_several", "An order with several products is listed under “several”: its postage and fees cannot be told apart.")
	phraseNoteUncounted     = data.DefinePhrase("report.note.margin_none", "No cost of goods is entered, so no margin can be told. Orders of the period: {n}. Enter what products cost (Tools > Products), import a list of costs, or set the shop's figure.")
	phraseNoteLackTable     = data.DefinePhrase("report.note.lacking", "An order is listed under each thing that it lacks; the first {most} are named.")

	phraseClaimable     = data.DefinePhrase("report.claimable", "Can be claimed")
	phraseNoteClaimable = data.DefinePhrase("report.note.claimable", "Can be claimed: cases put down to faulty goods whose supplier's warranty still runs today, by what was agreed under Tools > Suppliers.")

	phraseTotal      = data.DefinePhrase("report.total", "Total")
	phraseRows       = data.DefinePhrase("report.rows", "Rows")
	phraseDisputes   = data.DefinePhrase("report.disputes", "Disputes")
	phraseComplaints = data.DefinePhrase("report.complaints", "Complaints")
	phraseBad        = data.DefinePhrase("report.bad", "Bad feedback")
	phraseConcerned  = data.DefinePhrase("report.concerned", "Orders affected")
	phraseOrders     = data.DefinePhrase("report.orders", "Orders placed")
	phrasePerHundred = data.DefinePhrase("report.per_hundred", "Per 100 orders")

	phraseWon       = data.DefinePhrase("report.won", "Won")
	phraseLost      = data.DefinePhrase("report.lost", "Lost")
	phraseSplit     = data.DefinePhrase("report.split", "Split")
	phraseAccepted  = data.DefinePhrase("report.accepted", "Accepted")
	phraseUntold    = data.DefinePhrase("report.untold", "Outcome not recorded")
	phraseWritten   = data.DefinePhrase("report.lessons.written", "Lessons recorded")
	phraseWithdrawn = data.DefinePhrase("report.withdrawn", "Withdrawn")
	phraseFought    = data.DefinePhrase("report.fought", "Decided")
	phraseWinRate   = data.DefinePhrase("report.win_rate", "Win rate")

	phraseTemplates    = data.DefinePhrase("report.templates", "Last template")
	phraseEnded        = data.DefinePhrase("report.ended", "Closed")
	phraseSettled      = data.DefinePhrase("report.settled", "Ended well")
	phraseSettledShare = data.DefinePhrase("report.settled_share", "Share ended well")

	phraseAnswers     = data.DefinePhrase("report.answers", "Response times")
	phraseFirstMedian = data.DefinePhrase("report.first_median", "First answer, median")
	phraseLaterMedian = data.DefinePhrase("report.later_median", "Later answers, median")
	phraseAnswered    = data.DefinePhrase("report.answered", "Answers")
	phraseWithin      = data.DefinePhrase("report.within", "Within target")
	phraseWithinShare = data.DefinePhrase("report.within_share", "Share within target")
	phraseVague       = data.DefinePhrase("report.vague", "Not measurable")
	phraseHours       = data.DefinePhrase("report.hours", "When buyers write")

	phraseNoteOrders = data.DefinePhrase("report.note.orders", "Cases of the period, beside the orders placed in the same period: a case may be about an earlier order. "+
		"An order with several cases counts once. Below {least} orders no figure per 100 is shown.")
	phraseNoteSeveral = data.DefinePhrase("report.note.several", "A case about an order with several products or carriers is listed under “several”: it cannot be said which it was about.")
	phraseNoteWins    = data.DefinePhrase("report.note.wins", "Disputes that ended in the period. The win rate is won of decided (won, lost, split), with the range in which it lies at 95 % certainty "+
		"(Wilson). Below {least} decided disputes no rate is shown.")
	phraseNoteTemplates = data.DefinePhrase("report.note.templates", "For each closed dispute and complaint, the template of the last message to the buyer before the end. Ended well: a dispute won or withdrawn, "+
		"a complaint settled with an answer. It says what came before, not what was the reason. Below {least} no share is shown.")
	phraseNoteAnswers = data.DefinePhrase("report.note.answers", "Against each shop's own targets and working hours. Not measurable: a time is not known to the minute.")
	phraseNoteHours   = data.DefinePhrase("report.note.hours", "Messages of buyers whose time is known, on the clock of their shop.")
)

var phraseNothing = data.DefinePhrase("report.nothing", "Nothing in this period.")
