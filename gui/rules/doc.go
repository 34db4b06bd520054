// Package rules holds the sheets of the platforms' rules: policy packs, their figures
// and holidays.
//
// Its one rule: a figure is shown with its source, and changed with a reason.
package rules
