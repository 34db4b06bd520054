package statement

import "testing"

func TestLoad(t *testing.T) {
	list, err := Templates()
	if err != nil {
		t.Fatal(err)
	}
	t.Log(len(list))
}
