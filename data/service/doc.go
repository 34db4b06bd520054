// Package service says what is due to a buyer: answers, notices along the
// parcel's way, promises, steps of a complaint, a word some time after; and at
// what hour it is good to write.
//
// Its one rule: pure functions of entities, of the shop's own settings and of
// the data in assets/service. Now is an argument; nothing is sent, stored or
// asked for.
package service
