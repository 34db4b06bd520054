package desk

import "casebinder/data"

// did names the actions that can be taken back, for the words beside Undo.
var did = map[string]data.Phrase{
	"buyer.edit":            didPhrase("buyer.edit", "note on a buyer"),
	"buyer.join":            didPhrase("buyer.join", "accounts marked as one person"),
	"buyer.part":            didPhrase("buyer.part", "accounts marked as two people"),
	"checklist.put":         didPhrase("checklist.put", "proof checklist"),
	"dispute.bin":           didPhrase("dispute.bin", "delete dispute"),
	"dispute.decide":        didPhrase("dispute.decide", "decision"),
	"dispute.edit":          didPhrase("dispute.edit", "edit dispute"),
	"dispute.event":         didPhrase("dispute.event", "event of a dispute"),
	"dispute.open":          didPhrase("dispute.open", "new dispute"),
	"dispute.pack":          didPhrase("dispute.pack", "choice of rules"),
	"dispute.restore":       didPhrase("dispute.restore", "restore dispute"),
	"dispute.ruling":        didPhrase("dispute.ruling", "outcome"),
	"dispute.wish":          didPhrase("dispute.wish", "buyer's wish"),
	"draft.drop":            didPhrase("draft.drop", "discard a draft"),
	"evidence.add":          didPhrase("evidence.add", "add evidence"),
	"evidence.bin":          didPhrase("evidence.bin", "remove evidence"),
	"evidence.copy":         didPhrase("evidence.copy", "marked copy of a picture"),
	"evidence.edit":         didPhrase("evidence.edit", "description of evidence"),
	"evidence.restore":      didPhrase("evidence.restore", "restore evidence"),
	"exhibits.arrange":      didPhrase("exhibits.arrange", "order of exhibits"),
	"feedback.add":          didPhrase("feedback.add", "new feedback"),
	"feedback.ask":          didPhrase("feedback.ask", "buyer asked to revise feedback"),
	"feedback.bin":          didPhrase("feedback.bin", "delete feedback"),
	"feedback.cause":        didPhrase("feedback.cause", "cause of feedback"),
	"feedback.close":        didPhrase("feedback.close", "feedback done with"),
	"feedback.complain":     didPhrase("feedback.complain", "feedback reported"),
	"feedback.decide":       didPhrase("feedback.decide", "platform's answer on feedback"),
	"feedback.edit":         didPhrase("feedback.edit", "edit feedback"),
	"feedback.reopen":       didPhrase("feedback.reopen", "feedback opened again"),
	"feedback.reply":        didPhrase("feedback.reply", "answer to feedback"),
	"feedback.restore":      didPhrase("feedback.restore", "restore feedback"),
	"feedback.revise":       didPhrase("feedback.revise", "revised feedback"),
	"feedback.settle":       didPhrase("feedback.settle", "matter of a feedback settled"),
	"feedback.translate":    didPhrase("feedback.translate", "translation of feedback"),
	"finding.pass":          didPhrase("finding.pass", "dismiss a finding"),
	"finding.take_back":     didPhrase("finding.take_back", "undo a dismissal"),
	"found.leave":           didPhrase("found.leave", "leave new files out"),
	"found.open":            didPhrase("found.open", "e-mail from a watched folder"),
	"found.take":            didPhrase("found.take", "add new files"),
	"gate.put":              didPhrase("gate.put", "rule of the reply check"),
	"message.add":           didPhrase("message.add", "new message"),
	"message.call":          didPhrase("message.call", "record of a call"),
	"message.no_answer":     didPhrase("message.no_answer", "mark that no answer is needed"),
	"message.translate":     didPhrase("message.translate", "translation of a message"),
	"notice.take":           didPhrase("notice.take", "apply a notice"),
	"order.address_change":  didPhrase("order.address_change", "change of address"),
	"order.canceled":        didPhrase("order.canceled", "cancellation"),
	"order.confirmed":       didPhrase("order.confirmed", "confirmation by the buyer"),
	"order.delivered":       didPhrase("order.delivered", "marked as delivered"),
	"order.note":            didPhrase("order.note", "note on an order"),
	"order.refund":          didPhrase("order.refund", "refund"),
	"order.resent":          didPhrase("order.resent", "parcel sent again"),
	"order.return_asked":    didPhrase("order.return_asked", "return asked for"),
	"order.return_received": didPhrase("order.return_received", "return received"),
	"order.return_sent":     didPhrase("order.return_sent", "return sent back"),
	"order.shipped":         didPhrase("order.shipped", "marked as shipped"),
	"path.answer":           didPhrase("path.answer", "answer on a path"),
	"path.back":             didPhrase("path.back", "take back an answer on a path"),
	"path.cost":             didPhrase("path.cost", "cost on a path"),
	"path.end":              didPhrase("path.end", "ending of a path"),
	"path.put":              didPhrase("path.put", "path of your own"),
	"path.start":            didPhrase("path.start", "new path"),
	"path_run.bin":          didPhrase("path_run.bin", "path closed"),
	"path_run.restore":      didPhrase("path_run.restore", "path brought back"),
	"policy.override":       didPhrase("policy.override", "figure of a rule"),
	"policy.put":            didPhrase("policy.put", "rule pack or holidays"),
	"policy.reset":          didPhrase("policy.reset", "back to the pack's figure"),
	"rate.set":              didPhrase("rate.set", "exchange rate"),
	"reply.sent":            didPhrase("reply.sent", "reply marked as sent"),
	"review.decide":         didPhrase("review.decide", "decision of a review"),
	"review.hold":           didPhrase("review.hold", "review held"),
	"shipment.add":          didPhrase("shipment.add", "new parcel"),
	"shipment.scan":         didPhrase("shipment.scan", "carrier's scan"),
	"shipments.import":      didPhrase("shipments.import", "table of a carrier"),
	"shop.put":              didPhrase("shop.put", "shop"),
	"statement.put":         didPhrase("statement.put", "statement"),
	"submission.sent":       didPhrase("submission.sent", "mark as sent"),
	"talk.take":             didPhrase("talk.take", "messages added"),
	"task.add":              didPhrase("task.add", "new task"),
	"task.bin":              didPhrase("task.bin", "delete task"),
	"task.edit":             didPhrase("task.edit", "edit task"),
	"task.finish":           didPhrase("task.finish", "finish task"),
	"task.reopen":           didPhrase("task.reopen", "reopen task"),
	"task.restore":          didPhrase("task.restore", "restore task"),
	"template.bin":          didPhrase("template.bin", "delete template"),
	"template.put":          didPhrase("template.put", "edit template"),
	"template.reset":        didPhrase("template.reset", "reset template"),
	"today.snooze":          didPhrase("today.snooze", "snooze"),
	"today.wake":            didPhrase("today.wake", "bring back"),
}

var didOther = didPhrase("other", "the last change")

func didPhrase(action, english string) data.Phrase { return data.DefinePhrase("did."+action, english) }

// Undoable says what Undo would take back now, and what Redo would do again; the
// zero text where there is nothing.
func (d *Desk) Undoable() (undo, redo data.Text) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return newest(d.undo), newest(d.redo)
}

func newest(stack []taken) data.Text {
	if len(stack) == 0 {
		return data.Text{}
	}
	if phrase, ok := did[stack[len(stack)-1].action]; ok {
		return phrase.With()
	}
	return didOther.With()
}
