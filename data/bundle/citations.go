package bundle

import (
	"context"

	"casebinder/data"
	"casebinder/data/bundle/statement"
)

// Citations holds the statement of a case against what its bundle will hold.
// How many pages a document has is not known before it is read.
func Citations(ctx context.Context, c Case) (statement.Report, error) {
	c.Mask = nil // what is masked changes no citation
	e, err := newEnv(ctx, &c, nil, Options{})
	if err != nil {
		return statement.Report{}, err
	}
	return statement.Check(c.Statement, e.known()), nil
}

// known lists what a statement may point to.
func (e *env) known() statement.Known {
	known := statement.Known{Messages: make(map[string]bool, len(e.messages))}
	for _, p := range e.placed {
		known.Exhibits = append(known.Exhibits, statement.KnownExhibit{UID: p.Exhibit.UID})
	}
	for _, m := range e.messages {
		known.Messages[m.UID] = true
	}
	for _, s := range data.Sections() {
		if e.composed(s) {
			known.Parts = append(known.Parts, s)
		}
	}
	return known
}

// checkCites refuses a statement that points at what is not in the case. A page
// of a document is known only when the document was read: see checkPages.
func (e *env) checkCites() error {
	return statement.Check(e.c.Statement, e.known()).Err(e.citeName)
}
