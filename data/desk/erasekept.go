package desk

import "casebinder/data"

// keptReasons say why personal data stays.
var keptReasons = map[string]data.Phrase{
	"open_dispute":    keptPhrase("open_dispute", "a dispute on it is open"),
	"appeal":          keptPhrase("appeal", "its dispute is closed, and can still be appealed or reopened"),
	"open_order":      keptPhrase("open_order", "the order is not done yet"),
	"accounting":      keptPhrase("accounting", "number, amounts, dates, goods, country, the payment's number and tracking numbers stay for the books"),
	"bundle":          keptPhrase("bundle", "a bundle was made of it; what it was made of stays, so that it can be made and verified again"),
	"sent":            keptPhrase("sent", "it is in a bundle that was made"),
	"not_looked_at":   keptPhrase("not_looked_at", "whether the file shows personal data is not known; make a redacted copy, or let all files go"),
	"tells_of_others": keptPhrase("tells_of_others", "the imported file tells of other buyers too; its messages here were masked"),
	"other_orders":    keptPhrase("other_orders", "the buyer has orders whose data stay"),
	"backups":         keptPhrase("backups", "backups from before still hold the data; delete them once a new one is made"),
}

func keptPhrase(reason, english string) data.Phrase {
	return data.DefinePhrase("erase.kept."+reason, english)
}

// KeptReason says why something stays.
func KeptReason(k data.ErasureKept) data.Text { return keptReasons[k.Reason].With() }
