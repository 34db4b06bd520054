package main

// typeface makes the faces of the window anew from the faces of Noto.
func (t *tool) typeface([]string) error {
	return t.made("making the faces of the window", "./cmd/dev/typeface")
}

// opengl makes the bindings of OpenGL anew, after the toolkit was raised.
func (t *tool) opengl([]string) error {
	return t.made("cutting the bindings of OpenGL", "./cmd/dev/opengl")
}

// licenses writes THIRD-PARTY.txt anew, after what the program is made of changed.
func (t *tool) licenses([]string) error {
	return t.made("gathering the licenses", "./cmd/dev/licenses")
}

// made runs a command that writes files of the repository.
func (t *tool) made(title, command string) error {
	_, err := t.step(title, job{args: []string{"go", "run", "-tags", checkTags, command}, env: []string{"CGO_ENABLED=0"}})
	return err
}
