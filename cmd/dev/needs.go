package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sort"
	"strings"
)

// A need is something outside of Go that a word of this tool wants.
type need struct {
	what     string               // in words, for the person
	found    func(*tool) bool     // looks, changes nothing
	packages map[manager][]string // what to install, by package manager
	optional map[manager]string   // where it may stay missing, and what is lost then
}

// A manager is a way to install software on a system.
type manager string

const (
	apt    manager = "apt-get" // Debian, Ubuntu
	dnf    manager = "dnf"     // Fedora
	brew   manager = "brew"    // macOS, for tools
	xcode  manager = "xcode-select"
	winget manager = "winget" // Windows
)

// program is a need for a command of that name.
func program(name, what string, packages map[manager][]string) need {
	return need{
		what:     what + " (" + name + ")",
		found:    func(*tool) bool { return have(name) },
		packages: packages,
		optional: map[manager]string{
			winget: "the checks that read with it are skipped, loudly",
			xcode:  "the checks that read with it are skipped, loudly",
			brew:   "the checks that read with it are skipped, loudly",
		},
	}
}

func pk(aptNames, dnfNames, brewNames string) map[manager][]string {
	m := map[manager][]string{apt: strings.Fields(aptNames), dnf: strings.Fields(dnfNames)}
	if brewNames != "" {
		m[brew] = strings.Fields(brewNames)
	}
	return m
}

// compiler is what cgo wants, on every system.
var compiler = need{
	what:  "a C compiler",
	found: (*tool).compilerWorks,
	packages: map[manager][]string{
		apt:    {"gcc", "libc6-dev"},
		dnf:    {"gcc", "glibc-devel"},
		xcode:  {"--install"},
		winget: {"BrechtSanders.WinLibs.POSIX.UCRT"},
	},
}

// windowNeeds is what it takes to compile the window.
func windowNeeds() []need {
	needs := []need{compiler}
	if runtime.GOOS != "linux" {
		return needs
	}
	return append(needs,
		need{
			what:     "pkg-config",
			found:    func(*tool) bool { return have("pkg-config") },
			packages: pk("pkg-config", "pkgconf-pkg-config", ""),
		},
		need{
			what:     "the OpenGL headers",
			found:    func(t *tool) bool { return t.headersFound("GL/gl.h") && t.pkgConfigFound("gl") },
			packages: pk("libgl1-mesa-dev", "mesa-libGL-devel", ""),
		},
		need{
			what: "the X11 headers",
			found: func(t *tool) bool {
				return t.headersFound("X11/Xlib.h", "X11/Xcursor/Xcursor.h", "X11/extensions/Xrandr.h",
					"X11/extensions/Xinerama.h", "X11/extensions/XInput2.h", "X11/extensions/xf86vmode.h", "X11/XKBlib.h")
			},
			packages: pk("libx11-dev libxcursor-dev libxrandr-dev libxinerama-dev libxi-dev libxxf86vm-dev",
				"libX11-devel libXcursor-devel libXrandr-devel libXinerama-devel libXi-devel libXxf86vm-devel", ""),
		})
}

// displayNeeds is what it takes to run the window where there is no display.
func displayNeeds() []need {
	return []need{
		{
			what:     "a virtual display (Xvfb)",
			found:    func(*tool) bool { return have("Xvfb") },
			packages: pk("xvfb", "xorg-x11-server-Xvfb", ""),
		},
		{
			what:     "OpenGL in software (Mesa)",
			found:    func(*tool) bool { return mesaFound() },
			packages: pk("libgl1-mesa-dri", "mesa-dri-drivers", ""),
		},
		{
			what:     "a hand for the mouse (xdotool)",
			found:    func(*tool) bool { return have("xdotool") },
			packages: pk("xdotool", "xdotool", ""),
		},
		{
			what:     "a reader of the clipboard (xclip)",
			found:    func(*tool) bool { return have("xclip") },
			packages: pk("xclip", "xclip", ""),
		},
	}
}

// validatorNeeds are other people's programs that read what Casebinder writes.
func validatorNeeds() []need {
	return []need{
		program("pdftotext", "a reader of PDF text", pk("poppler-utils", "poppler-utils", "poppler")),
		program("pdffonts", "a reader of PDF fonts", pk("poppler-utils", "poppler-utils", "poppler")),
		program("qpdf", "a checker of PDF files", pk("qpdf", "qpdf", "qpdf")),
		program("mutool", "a second reader of PDF", pk("mupdf-tools", "mupdf", "mupdf-tools")),
		program("exiftool", "a reader of photo data", pk("libimage-exiftool-perl", "perl-Image-ExifTool", "exiftool")),
		program("unzip", "a reader of ZIP files", pk("unzip", "unzip", "")),
		program("7z", "a second reader of ZIP files", pk("p7zip-full", "p7zip p7zip-plugins", "p7zip")),
		program("sqlite3", "the SQLite shell", pk("sqlite3", "sqlite", "sqlite")),
		program("ssh-keygen", "a checker of signatures", pk("openssh-client", "openssh-clients", "")),
		program("img2pdf", "a writer of PDF files", pk("img2pdf", "python3-img2pdf", "img2pdf")),
		program("tiffcp", "a writer of TIFF files", pk("libtiff-tools", "libtiff-tools", "libtiff")),
		program("convert", "a writer of pictures of every kind", pk("imagemagick", "ImageMagick", "imagemagick")),
		program("openssl", "a reader of time-stamp requests", pk("openssl", "openssl", "")),
		program("sha256sum", "a checker of sums", pk("coreutils", "coreutils", "coreutils")),
	}
}

// benchNeeds are the tools that the bench measures against.
func benchNeeds() []need {
	return []need{
		program("sqlite3", "the SQLite shell", pk("sqlite3", "sqlite", "sqlite")),
		program("rg", "ripgrep", pk("ripgrep", "ripgrep", "ripgrep")),
		program("img2pdf", "a writer of PDF files", pk("img2pdf", "python3-img2pdf", "img2pdf")),
		program("zbarimg", "a reader of barcodes", pk("zbar-tools", "zbar", "zbar")),
		program("zip", "a writer of ZIP files", pk("zip", "zip", "")),
		program("sha256sum", "a checker of sums", pk("coreutils", "coreutils", "coreutils")),
	}
}

// managerHere gives the package manager of this system, or "" where none is known.
func managerHere() manager {
	switch runtime.GOOS {
	case "linux":
		for _, m := range []manager{apt, dnf} {
			if have(string(m)) {
				return m
			}
		}
	case "darwin":
		return xcode
	case "windows":
		return winget
	}
	return ""
}

// ready finds which needs are missing, says how it will install them, installs
// them, and looks again. It fails with advice where it cannot.
func (t *tool) ready(needs []need) error {
	t.findInstalled()
	missing := t.missing(needs)
	if len(missing) == 0 {
		return nil
	}
	m := managerHere()
	p := planInstall(m, missing, have(string(brew)))
	t.say("\n== making this machine ready")
	for _, n := range missing {
		t.say("   missing: %s", n.what)
	}
	for _, line := range p.lost {
		t.say("   goes on without: %s", line)
	}
	if len(p.unknown) > 0 {
		return fmt.Errorf("this system's package manager is not known to the tool: install %s by hand, then try again",
			strings.Join(p.unknown, ", "))
	}
	if err := t.install(p.commands); err != nil {
		return err
	}
	t.findInstalled()
	for _, n := range t.missing(missing) {
		if _, can := n.optional[m]; !can {
			return fmt.Errorf("%s is still missing after the installation above: open a new terminal and try again, or install it by hand", n.what)
		}
	}
	return nil
}

func (t *tool) missing(needs []need) []need {
	var missing []need
	for _, n := range needs {
		if !n.found(t) {
			missing = append(missing, n)
		}
	}
	return missing
}

// A plan is what an installation would do.
type plan struct {
	commands [][]string // in order
	lost     []string   // optional things that stay missing, and what is lost
	unknown  []string   // needed things that no known manager can install
}

// planInstall turns missing needs into commands of the system's manager. On
// macOS the compiler comes from xcode-select and tools from brew, if it is there.
func planInstall(m manager, missing []need, brewFound bool) plan {
	var p plan
	byManager := map[manager]map[string]bool{}
	for _, n := range missing {
		use := m
		if len(n.packages[use]) == 0 && m == xcode && brewFound {
			use = brew
		}
		names := n.packages[use]
		switch why, optional := n.optional[m]; {
		case len(names) > 0:
			if byManager[use] == nil {
				byManager[use] = map[string]bool{}
			}
			for _, name := range names {
				byManager[use][name] = true
			}
		case optional:
			p.lost = append(p.lost, n.what+": "+why)
		default:
			p.unknown = append(p.unknown, n.what)
		}
	}
	for _, use := range []manager{xcode, apt, dnf, brew, winget} {
		p.commands = append(p.commands, installCommands(use, sorted(byManager[use]))...)
	}
	return p
}

func installCommands(m manager, names []string) [][]string {
	if len(names) == 0 {
		return nil
	}
	switch m {
	case apt:
		return [][]string{
			{"apt-get", "update"},
			append([]string{"env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "--no-install-recommends"}, names...),
		}
	case dnf:
		return [][]string{append([]string{"dnf", "install", "-y"}, names...)}
	case brew:
		return [][]string{append([]string{"brew", "install"}, names...)}
	case xcode:
		return [][]string{append([]string{"xcode-select"}, names...)}
	}
	var all [][]string
	for _, name := range names {
		all = append(all, []string{
			"winget", "install", "--exact", "--id", name, "--source", "winget", "--silent",
			"--accept-package-agreements", "--accept-source-agreements", "--disable-interactivity",
		})
	}
	return all
}

// install runs the commands, through sudo where they need it.
func (t *tool) install(commands [][]string) error {
	for _, args := range commands {
		system := args[0] != "brew" && args[0] != "winget" && args[0] != "xcode-select"
		if system && os.Geteuid() != 0 {
			var err error
			if args, err = t.asRoot(args, commands); err != nil {
				return err
			}
		}
		_, err := t.step("installing", job{args: args, stdin: os.Stdin})
		if err != nil && len(args) > 1 && args[len(args)-1] == "update" {
			t.say("   the list of packages could not be renewed; going on with the one that is here")
			continue
		}
		if err != nil && args[0] == "xcode-select" {
			return fmt.Errorf("%w: finish Apple's installer (or run xcode-select --install in a terminal), then try again", err)
		}
		if err != nil {
			return err
		}
		if args[0] == "xcode-select" && !compiler.found(t) {
			return fmt.Errorf("apple's installer for the command line tools has opened: finish it, then run the same command again")
		}
	}
	return nil
}

// asRoot puts sudo before a command, or fails with the lines to type.
func (t *tool) asRoot(args []string, all [][]string) ([]string, error) {
	if have("sudo") {
		if t.command([]string{"sudo", "-n", "true"}, nil).Run() == nil || (terminal(os.Stdin) && !t.ci) {
			return append([]string{"sudo"}, args...), nil
		}
	}
	var lines []string
	for _, a := range all {
		lines = append(lines, "  "+shellLine(nil, a))
	}
	return nil, fmt.Errorf("installing needs an administrator, and nobody can type a password here. As root, run:\n%s\nthen try again",
		strings.Join(lines, "\n"))
}

// terminal reports whether a file is a terminal that somebody sits at.
func terminal(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull) // a character device too, with nobody at it
	return err != nil || !os.SameFile(info, null)
}

// compilerWorks reports whether cgo's compiler compiles a line of C.
func (t *tool) compilerWorks() bool {
	if runtime.GOOS == "darwin" {
		// /usr/bin/cc exists before the tools do and opens a dialog when called.
		if t.command([]string{"xcode-select", "-p"}, nil).Run() != nil {
			return false
		}
	}
	return t.compiles("#include <stdlib.h>\nint main(void) { return 0; }\n", "-fsyntax-only")
}

func (t *tool) headersFound(headers ...string) bool {
	var b strings.Builder
	for _, h := range headers {
		fmt.Fprintf(&b, "#include <%s>\n", h)
	}
	return t.compiles(b.String(), "-fsyntax-only")
}

func (t *tool) compiles(source string, flags ...string) bool {
	cc := strings.Fields(os.Getenv("CC"))
	if len(cc) == 0 {
		name, err := t.output("go", "env", "CC")
		if err != nil || name == "" {
			return false
		}
		cc = strings.Fields(name)
	}
	if !have(cc[0]) {
		return false
	}
	cmd := t.command(append(append(cc, flags...), "-x", "c", "-"), nil)
	cmd.Stdin = strings.NewReader(source)
	return cmd.Run() == nil
}

func (t *tool) pkgConfigFound(name string) bool {
	return have("pkg-config") && t.command([]string{"pkg-config", "--exists", name}, nil).Run() == nil
}

// mesaFound looks for Mesa's software renderer where distributions put it.
func mesaFound() bool {
	for _, pattern := range []string{
		"/usr/lib/*/dri/swrast_dri.so", "/usr/lib/dri/swrast_dri.so", "/usr/lib64/dri/swrast_dri.so",
		"/usr/lib/*/libgallium*.so", "/usr/lib64/libgallium*.so", "/usr/lib/libgallium*.so",
	} {
		if found, err := filepath.Glob(pattern); err == nil && len(found) > 0 {
			return true
		}
	}
	return false
}

// findInstalled puts folders into the PATH that an installer has just filled,
// because a running process does not see the change that winget made.
func (t *tool) findInstalled() {
	if runtime.GOOS != "windows" {
		return
	}
	if _, err := exec.LookPath("gcc"); err == nil {
		return
	}
	base := filepath.Join(os.Getenv("LOCALAPPDATA"), "Microsoft", "WinGet")
	for _, pattern := range []string{
		filepath.Join(base, "Packages", "BrechtSanders.WinLibs*", "mingw64", "bin", "gcc.exe"),
		filepath.Join(base, "Links", "gcc.exe"),
		`C:\msys64\ucrt64\bin\gcc.exe`, `C:\msys64\mingw64\bin\gcc.exe`,
	} {
		found, err := filepath.Glob(pattern)
		if err == nil && len(found) > 0 {
			os.Setenv("PATH", filepath.Dir(found[0])+string(os.PathListSeparator)+os.Getenv("PATH"))
			return
		}
	}
}

func sorted(set map[string]bool) []string {
	names := make([]string, 0, len(set))
	for name := range set {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
