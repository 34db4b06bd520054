// Package native speaks to the system where the toolkit does not: the window's handle, the
// place of the caret for input methods, notifications.
//
// Its one rule: it knows nothing of the desk, and where it can do nothing the window works without.
package native
