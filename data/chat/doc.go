// Package chat splits conversations that were copied from pages and messengers,
// or exported by them, into messages.
//
// Its one rule: what it does not understand it keeps whole and says so; it never
// makes up a time, an author or a direction.
//
// A form is told by what its lines look like, not by its name: [Split] tries the
// ways in which messengers and pages write a head (name, time, text in one line;
// a head of its own; lines of time and name in turn; heads of mails and quoted
// mails) and takes the one that explains most. Words that pages print around
// messages are data: assets/chat.
//
// The ways of reading are in lineapp.go (exports of LINE), inline.go (a head and
// text in one line), headed.go (a head in its own line), mails.go (with mailhead.go,
// mailquote.go and letter.go) and blocks.go (pages; with arrange.go, pagenames.go
// and, for Messenger, messenger.go). All read times by when.go, whose parts are
// whendate.go, datewords.go, weekday.go, clock.go and clockzone.go; resolve.go then
// gives them their day, and direct.go tells who wrote.
package chat
