package main

// typeface makes the faces of the window anew from the faces of Noto.
func (t *tool) typeface([]string) error {
	_, err := t.step("making the faces of the window", job{
		args: []string{"go", "run", "-tags", checkTags, "./cmd/dev/typeface"}, env: []string{"CGO_ENABLED=0"},
	})
	return err
}
