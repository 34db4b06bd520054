package notice

import "testing"

func TestBuiltInLoad(t *testing.T) {
	all, err := BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 10 {
		t.Errorf("%d recognizers", len(all))
	}
}
