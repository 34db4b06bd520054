package gui

import (
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// openGLVar says which OpenGL a start takes: "mesa" the one in the program's own folder.
// The program sets it where Windows' own cannot draw a window; a person may as well.
const openGLVar = "CASEBINDER_OPENGL"

const withMesa = "mesa"

// mesaLibrary is where Mesa's library is looked for: in a folder of its own, as Windows
// would take it from beside the program also where a graphics driver is better.
func mesaLibrary() (string, error) {
	program, err := os.Executable()
	if err != nil {
		return "", err
	}
	return filepath.Join(filepath.Dir(program), "mesa", "opengl32.dll"), nil
}

// takeOpenGL loads Mesa's library, where that is wanted, before the toolkit asks for
// one of its name: Windows gives it the one that is loaded.
func takeOpenGL() error {
	if os.Getenv(openGLVar) != withMesa {
		return nil
	}
	library, err := mesaLibrary()
	if err != nil {
		return err
	}
	if _, err := windows.LoadLibraryEx(library, 0, windows.LOAD_WITH_ALTERED_SEARCH_PATH); err != nil {
		return fmt.Errorf("loading %s: %w", library, err)
	}
	return nil
}

// startWithMesa starts the program once more with Mesa's library, where there is one and
// this start has not been told which to take. It reports whether it did.
func startWithMesa() bool {
	library, err := mesaLibrary()
	if err != nil || os.Getenv(openGLVar) != "" {
		return false
	}
	if _, err := os.Stat(library); err != nil {
		return false
	}
	program, err := os.Executable()
	if err == nil {
		again := exec.Command(program, os.Args[1:]...)
		again.Env = append(os.Environ(), openGLVar+"="+withMesa)
		again.Stdout, again.Stderr = os.Stdout, os.Stderr
		err = again.Start()
	}
	if err != nil {
		slog.Error("starting once more with Mesa", "error", err)
	}
	return err == nil
}

// mesaDir is the folder into which Mesa's library belongs.
func mesaDir() string {
	library, err := mesaLibrary()
	if err != nil {
		return "mesa"
	}
	return filepath.Dir(library)
}
