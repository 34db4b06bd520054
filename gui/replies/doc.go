// Package replies is where one writes to buyers: the conversation, the draft of a
// reply with what its check says, the notices that are due, and the templates.
//
// Its one rule: a text with a gap in it is never copied, and what was copied is
// sent only when a person says so.
package replies
