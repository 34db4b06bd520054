// Package rules holds the sheets of the platforms' rules: policy packs, their figures,
// holidays, and the review of disputes by cause.
//
// Its one rule: a figure is shown with its source, and changed with a reason.
package rules
