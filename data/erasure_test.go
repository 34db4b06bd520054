package data_test

import (
	"testing"

	"casebinder/data"
)

func TestTheHandleOfAnErasedBuyerIsKnown(t *testing.T) {
	if h := data.ErasedHandle("salt", data.EBay, "example_buyer"); !data.IsErasedHandle(h) {
		t.Errorf("%q is not known", h)
	}
	for _, h := range []string{"", "erased-", "erased-me", "erased-0011223344556677", "x-001122334455", "example_buyer"} {
		if data.IsErasedHandle(h) {
			t.Errorf("%q is taken for an erased buyer's", h)
		}
	}
}
