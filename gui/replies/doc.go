// Package replies is the tab of reply templates and their drafts.
//
// Its one rule: a text with a gap in it is never copied.
package replies
