// Package sample makes the sample desk: invented shops, orders, messages,
// disputes, feedback, tasks and evidence to try the program with.
//
// Its one rule: everything in it is invented and says so, and one time gives
// one desk, byte for byte. Dates lie around that time, so that deadlines look
// alive. The words are data in assets/sample; the pictures are drawn here.
// The package imports neither store nor vault.
package sample
