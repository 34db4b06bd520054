// Package policy tells from the events of a dispute and the rules of its
// platform where it stands, who must act and until when, what proof is wanted,
// what in the case contradicts itself, and what fighting or accepting costs.
//
// Its one rule: pure functions over entities. The same events, rules and time
// give the same answer, on any machine. Nothing here reads a clock, a store or
// a disk.
//
// Rules are data: a Pack holds those of one channel, each figure with its
// source and confidence. Rules puts packs, the user's overrides and holiday
// lists into force; Evaluate explains one case, Brief gives the line of a list,
// Recompute goes through all of them. An event is never refused: what happened
// has happened, and what does not fit is a Finding.
package policy
