// Package paper writes what goes into or with parcels as PDF, ready to print:
// parcel lists, notes of what is handed to a carrier, thank-you cards and
// leaflets.
//
// Its one rule: what does not fit its paper is printed smaller or goes on to the
// next one, and is told; nothing is cut. It is pure: orders go in, a PDF and what
// should be known of it come out, and the same input gives the same bytes.
//
// Orders are taken one after the other and not kept, so that thousands of them
// take no more memory than one; of a note of parcels each parcel stays as a short
// record until its carrier's turn.
package paper
