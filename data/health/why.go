package health

import (
	"slices"

	"casebinder/data"
)

// Why a row does not count.
var (
	whyBefore      = data.DefinePhrase("health.why.before", "before the time that counts")
	whyAfter       = data.DefinePhrase("health.why.after", "after the time that counts")
	whyNoDate      = data.DefinePhrase("health.why.no_date", "the date that decides is not known")
	whyNoConfirm   = data.DefinePhrase("health.why.no_confirm", "done, but when it was confirmed is not known")
	whyOpen        = data.DefinePhrase("health.why.open", "neither confirmed nor disputed in this time")
	whyDisputed    = data.DefinePhrase("health.why.disputed", "in dispute by its status, but when the dispute was raised is not known")
	whyRuling      = data.DefinePhrase("health.why.ruling", "the platform ruled, but who was found responsible is not written down")
	whyElsewhere   = data.DefinePhrase("health.why.elsewhere", "shipped by the platform: another number")
	whyOurs        = data.DefinePhrase("health.why.ours", "shipped by the seller: another number")
	whyBuyer       = data.DefinePhrase("health.why.buyer", "canceled by the buyer before it was shipped")
	whyCanceled    = data.DefinePhrase("health.why.canceled", "canceled before it was shipped")
	whyNotShipped  = data.DefinePhrase("health.why.not_shipped", "not shipped yet")
	whyNotDue      = data.DefinePhrase("health.why.not_due", "not due yet")
	whyNotMeasured = data.DefinePhrase("health.why.not_measured", "no scan, delivery or message tells whether it was late")
	whyUntold      = data.DefinePhrase("health.why.untold", "no scan or delivery is known, so it cannot be told")
	whyUntracked   = data.DefinePhrase("health.why.untracked", "without a tracking number")
	whyUnconfirmed = data.DefinePhrase("health.why.unconfirmed", "not confirmed as shipped")
	whyExempt      = data.DefinePhrase("health.why.exempt", "by a service that needs no tracking")
	whyRegion      = data.DefinePhrase("health.why.region", "goes to another region")
	whySmall       = data.DefinePhrase("health.why.small", "of an order under 5 USD")
	whyRemoved     = data.DefinePhrase("health.why.removed", "the platform removed it")
	whyReturned    = data.DefinePhrase("health.why.returned", "its order had a dispute over a parcel not received, or over a return, that the buyer did not take back before arbitration")
	whySameWeek    = data.DefinePhrase("health.why.same_week", "the same buyer already counts in this class in this week")
	whySameOrder   = data.DefinePhrase("health.why.same_order", "the buyer rated the same order again later, and that rating counts")
	whyReason      = data.DefinePhrase("health.why.reason", "its reason does not count")
	whyNoEscalate  = data.DefinePhrase("health.why.no_escalation", "never escalated")
	whyCurrency    = data.DefinePhrase("health.why.currency", "in another currency")
	whyNoAmount    = data.DefinePhrase("health.why.no_amount", "its amount is not known")
	whyReplyOpen   = data.DefinePhrase("health.why.reply_open", "the time to answer is not over yet")
	whyInquiry     = data.DefinePhrase("health.why.inquiry", "a request for information is no chargeback")
	whyRDR         = data.DefinePhrase("health.why.rdr", "refunded by RDR before it became a dispute")
	whyCE3         = data.DefinePhrase("health.why.ce3", "taken out by Compelling Evidence 3.0")
	whyCard        = data.DefinePhrase("health.why.card", "of another or an unknown card network")
	whyPresent     = data.DefinePhrase("health.why.present", "paid with the card at hand")
	whyClass       = data.DefinePhrase("health.why.class", "of a class that does not count here")
)

// untold are the reasons that are a want of facts: a row that one of them leaves out
// might count, had a file or a person told more.
var untold = [...]string{whyNoDate.Key, whyDisputed.Key, whyRuling.Key, whyNoConfirm.Key, whyUntold.Key, whyNoAmount.Key, whyNotMeasured.Key}

// isUntold reports whether a row is left out for want of a fact. It is asked of each
// row that does not count, of which there may be a million: a map takes longer.
func isUntold(why string) bool { return slices.Contains(untold[:], why) }
