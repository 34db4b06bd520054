package desk

import (
	"time"

	"casebinder/data"
)

// keptReasons say why personal data stays.
var keptReasons = map[string]data.Phrase{
	"open_dispute":       data.DefinePhrase("erase.kept.open_dispute", "a dispute on it is open"),
	"appeal":             data.DefinePhrase("erase.kept.appeal", "its dispute is closed, and can still be appealed or reopened"),
	"open_order":         data.DefinePhrase("erase.kept.open_order", "the order is not completed yet"),
	"accounting":         data.DefinePhrase("erase.kept.accounting", "number, amounts, dates, goods, country, the payment's number and tracking numbers are kept for accounting"),
	"bundle":             data.DefinePhrase("erase.kept.bundle", "a bundle was made of it; what it was made of is kept, so that it can be made and verified again"),
	"chargeback":         data.DefinePhrase("erase.kept.chargeback", "its payment can still be disputed"),
	"running_case":       data.DefinePhrase("erase.kept.running_case", "it is evidence in a dispute that is open"),
	"redacted":           data.DefinePhrase("erase.kept.redacted", "it is a redacted copy"),
	"decided":            data.DefinePhrase("erase.kept.decided", "it was decided to keep it"),
	"exported":           data.DefinePhrase("erase.kept.exported", "the bundle that was exported stays where it is and still verifies; what it was made of is not in the desk, so it cannot be made again"),
	"not_again":          data.DefinePhrase("erase.kept.not_again", "the bundle that holds it cannot be made again in the desk; the one that was exported still verifies"),
	"named_elsewhere":    data.DefinePhrase("erase.kept.named_elsewhere", "a message on somebody else's order names the buyer"),
	"claimed_elsewhere":  data.DefinePhrase("erase.kept.claimed_elsewhere", "a dispute on somebody else's order names the buyer"),
	"reviewed_elsewhere": data.DefinePhrase("erase.kept.reviewed_elsewhere", "feedback on somebody else's order names the buyer"),
	"outside":            data.DefinePhrase("erase.kept.outside", "bundles, lists and papers that were exported, and files in your own folders, stay where they are"),
	"fingerprint":        data.DefinePhrase("erase.kept.fingerprint", "a fingerprint of the account's name stays, so that an old file does not bring the buyer back"),
	"elsewhere":          data.DefinePhrase("erase.kept.elsewhere", "notes and files of other buyers' orders are not searched for the name; what they say about the buyer stays"),
	"sent":               data.DefinePhrase("erase.kept.sent", "it is in a bundle that was made"),
	"not_looked_at":      data.DefinePhrase("erase.kept.not_looked_at", "it is not known whether the file shows personal data: check it, then delete it or replace it with a redacted copy"),
	"tells_of_others":    data.DefinePhrase("erase.kept.tells_of_others", "the imported file is about other buyers too; its messages here were masked"),
	"other_orders":       data.DefinePhrase("erase.kept.other_orders", "the buyer has orders whose data are kept"),
	"backups":            data.DefinePhrase("erase.kept.backups", "backups from before still hold the data; delete them once a new one is made"),
}

var keptDisputable = data.DefinePhrase("erase.kept.disputable", "its payment can be disputed until {until}")

var problemFileErased = data.DefineProblem("file_erased", data.ErrRefused,
	"The file was erased on {at}, with personal data in it.", "What was exported before still verifies; a new bundle is made without it.")

// KeptReason says why something stays.
func KeptReason(k data.ErasureKept) data.Text {
	if !k.Until.IsZero() {
		return keptDisputable.With("until", k.Until.Format(time.DateOnly))
	}
	return keptReasons[k.Reason].With()
}

// KeptAlways reports whether a thing stays at every erasure, so that nothing can be done
// about it.
func KeptAlways(k data.ErasureKept) bool {
	switch k.Reason {
	case "accounting", "backups", "outside", "fingerprint", "elsewhere", "redacted", "exported":
		return true
	}
	return false
}
