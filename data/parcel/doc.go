// Package parcel understands what carriers say of parcels.
//
// Its one rule: a scan is what stands on the page. What is guessed says so, and
// what was not understood is listed.
package parcel
