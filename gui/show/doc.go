// Package show holds the parts that know orders and cases and that several rooms use:
// evidence, the timeline, the choice of an order, the sheet of a task, and what a
// room may ask of the window around it.
//
// Its one rule: a part is here when two rooms need it; it asks for what it shows and knows
// no room.
package show
