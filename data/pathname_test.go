package data

import (
	"errors"
	"testing"
)

func TestPathsThatWindowsMisreads(t *testing.T) {
	for path, want := range map[string]*ProblemKind{
		`C:\Orders\may.csv`: nil, `orders.csv`: nil, `..\may.csv`: nil, `.`: nil, `C:\`: nil, `D:orders`: nil,
		`\\server\share\店铺\五月.csv`: nil, `C:/Orders/console.csv`: nil, `C:\.hidden\comb.csv`: nil, `C:\a\lpt10.txt`: nil,
		`\\?\C:\Orders\may.csv`: problemRawPath, `\\.\C:\may.csv`: problemRawPath, `//?/C:/may.csv`: problemRawPath,
		`C:\Orders\NUL`: problemDevice, `con.csv`: problemDevice, `C:\com1\may.csv`: problemDevice, `aux .tar.gz`: problemDevice, `LPT².pdf`: problemDevice,
		`C:\Orders.\may.csv`: problemPathEnd, `C:\Orders\may.csv `: problemPathEnd, `bundle...`: problemPathEnd,
		`C:\Orders\may?.csv`: problemPathSign, `may.csv:hidden`: problemPathSign, "C:\\a\tb": problemPathSign,
	} {
		err := checkWindowsPath(path)
		if want == nil && err != nil || want != nil && !problemIs(err, want) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func problemIs(err error, kind *ProblemKind) bool {
	var p *Problem
	return errors.As(err, &p) && p.Kind == kind
}
