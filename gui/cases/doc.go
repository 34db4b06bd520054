// Package cases is the tab of disputes: the list, and the chosen case with its dates, proof,
// steps and bundles.
//
// Its one rule: what a case may do next comes from the desk; the room words it.
package cases
