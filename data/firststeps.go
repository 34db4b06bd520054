package data

// FirstSteps says how far a new desk has come on the way from an import to a
// bundle that was bound.
type FirstSteps struct {
	Imported bool // it holds an order
	Looked   bool // somebody said to have looked at Today with orders in it
	Opened   bool // a dispute was recorded or imported
	Bound    bool // a bundle was bound
	Left     bool // somebody wants no more of it
}

// A FirstStep is one of the four.
type FirstStep string

// The steps in their order.
const (
	StepImport FirstStep = "import"
	StepLook   FirstStep = "look"
	StepOpen   FirstStep = "open"
	StepBind   FirstStep = "bind"
)

// AllFirstSteps are the steps in their order.
func AllFirstSteps() []FirstStep { return []FirstStep{StepImport, StepLook, StepOpen, StepBind} }

// Has reports whether a step was taken.
func (s FirstSteps) Has(step FirstStep) bool {
	switch step {
	case StepImport:
		return s.Imported
	case StepLook:
		return s.Looked
	case StepOpen:
		return s.Opened
	case StepBind:
		return s.Bound
	}
	return false
}

// Next is the first step that was not taken; "" where there is nothing to show:
// the way was left, or a bundle was bound of what was imported.
func (s FirstSteps) Next() FirstStep {
	if s.Left || s.Imported && s.Opened && s.Bound {
		return ""
	}
	for _, step := range AllFirstSteps() {
		if !s.Has(step) {
			return step
		}
	}
	return ""
}
