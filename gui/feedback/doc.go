// Package feedback is the tab of what buyers left in public.
//
// Its one rule: what was typed is stored before another one is shown.
package feedback
