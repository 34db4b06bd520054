package desk

import "casebinder/data"

// Findings lists what a person must look at before a notice is taken: what
// contradicts the desk, then what in the mail could not be read for certain.
func (v *NoticeView) Findings() []data.Finding {
	var where []data.Ref
	if v.File != "" {
		where = []data.Ref{{Kind: "file", ID: v.File}}
	}
	var all []data.Finding
	for _, err := range []error{v.Conflict, v.OddDue} {
		if err != nil {
			all = append(all, data.FindingOf(err, data.Serious, where...))
		}
	}
	for _, doubt := range v.Notice.Doubts {
		all = append(all, doubt.Finding(data.Warning, where...))
	}
	return all
}
