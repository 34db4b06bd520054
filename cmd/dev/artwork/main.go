// Command artwork makes of the program's one icon, its name and its version what
// each system wants to find beside a program: the resources of a Windows program
// and the icons of Windows and macOS.
//
// Its one rule: the same icon, version and words give the same bytes.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"

	"github.com/jackmordaunt/icns/v2"
	"github.com/tc-hib/winres"
	"github.com/tc-hib/winres/version"
)

func main() {
	if err := start(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "artwork:", err)
		os.Exit(1)
	}
}

// start makes one file: "artwork ICON FILE [VERSION ARCH]". What it makes is told by
// the ending of FILE: .ico, .icns or .syso, which alone takes the rest.
func start(args []string) error {
	if len(args) < 2 {
		return errors.New("usage: artwork ICON FILE.ico|FILE.icns|FILE.syso [VERSION ARCH]")
	}
	icon, err := readIcon(args[0])
	if err != nil {
		return err
	}
	var out bytes.Buffer
	switch kind := filepath.Ext(args[1]); {
	case kind == ".icns":
		err = icns.NewEncoder(&out).Encode(icon)
	case kind == ".ico":
		err = writeIco(&out, icon)
	case kind == ".syso" && len(args) == 4:
		err = writeResources(&out, icon, filepath.Base(args[1]), args[2], winres.Arch(args[3]))
	default:
		err = fmt.Errorf("%q is made of other words", args[1])
	}
	if err != nil {
		return err
	}
	return os.WriteFile(args[1], out.Bytes(), 0o644)
}

func readIcon(path string) (image.Image, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the icon: %w", err)
	}
	icon, err := png.Decode(f)
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("reading the icon %s: %w", path, err)
	}
	return icon, nil
}

// icoSizes are the edges in pixels that Windows shows icons at, from 100 to 200 %.
var icoSizes = []int{16, 20, 24, 32, 40, 48, 64, 128, 256}

func writeIco(out *bytes.Buffer, icon image.Image) error {
	sized, err := winres.NewIconFromResizedImage(icon, icoSizes)
	if err != nil {
		return err
	}
	return sized.SaveICO(out)
}

// The languages of version information, by Windows' own numbers.
const (
	english     = 0x0409
	simplified  = 0x0804
	traditional = 0x0404
)

// saidOf is what Windows shows of the program in its properties and task manager.
var saidOf = map[uint16]map[string]string{
	english:     {version.FileDescription: "Casebinder", version.Comments: "After-sales desk: orders, disputes and evidence bundles, offline"},
	simplified:  {version.FileDescription: "Casebinder", version.Comments: "离线售后工作台：订单、纠纷和证据包"},
	traditional: {version.FileDescription: "Casebinder", version.Comments: "離線售後工作台：訂單、爭議和證據包"},
}

const copyright = "© 2026 The Casebinder Authors. MIT License"

// writeResources makes the object that the Go linker takes into a Windows program.
// The console's has the same, so that both show one icon and one version.
func writeResources(out *bytes.Buffer, icon image.Image, name, number string, arch winres.Arch) error {
	var rs winres.ResourceSet
	sized, err := winres.NewIconFromResizedImage(icon, icoSizes)
	if err != nil {
		return err
	}
	if err := rs.SetIcon(winres.ID(1), sized); err != nil {
		return err
	}
	if err := rs.Set(winres.RT_MANIFEST, winres.ID(1), winres.LCIDNeutral, []byte(manifest)); err != nil {
		return err
	}
	info, err := versionInfo(number)
	if err != nil {
		return fmt.Errorf("version information of %s: %w", name, err)
	}
	rs.SetVersionInfo(info)
	return rs.WriteObject(out, arch)
}

func versionInfo(number string) (version.Info, error) {
	var info version.Info
	info.SetFileVersion(number)
	info.SetProductVersion(number)
	for language, said := range saidOf {
		all := map[string]string{
			version.ProductName: "Casebinder", version.CompanyName: "The Casebinder Authors", version.LegalCopyright: copyright,
			version.InternalName: "casebinder", version.OriginalFilename: "Casebinder.exe",
			version.FileVersion: number, version.ProductVersion: number,
		}
		for key, text := range said {
			all[key] = text
		}
		for key, text := range all {
			if err := info.Set(language, key, text); err != nil {
				return info, err
			}
		}
	}
	return info, nil
}

// manifest asks Windows for true pixels on each screen, UTF-8, long paths and the
// dialogs of today, and for no more than the user's own rights.
const manifest = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
  <assemblyIdentity type="win32" name="Casebinder" version="1.0.0.0" processorArchitecture="*"/>
  <compatibility xmlns="urn:schemas-microsoft-com:compatibility.v1">
    <application>
      <supportedOS Id="{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}"/>
    </application>
  </compatibility>
  <dependency>
    <dependentAssembly>
      <assemblyIdentity type="win32" name="Microsoft.Windows.Common-Controls" version="6.0.0.0" processorArchitecture="*" publicKeyToken="6595b64144ccf1df" language="*"/>
    </dependentAssembly>
  </dependency>
  <trustInfo xmlns="urn:schemas-microsoft-com:asm.v3">
    <security>
      <requestedPrivileges>
        <requestedExecutionLevel level="asInvoker" uiAccess="false"/>
      </requestedPrivileges>
    </security>
  </trustInfo>
  <application xmlns="urn:schemas-microsoft-com:asm.v3">
    <windowsSettings>
      <dpiAware xmlns="http://schemas.microsoft.com/SMI/2005/WindowsSettings">true/pm</dpiAware>
      <dpiAwareness xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">permonitorv2,permonitor</dpiAwareness>
      <longPathAware xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">true</longPathAware>
      <activeCodePage xmlns="http://schemas.microsoft.com/SMI/2019/WindowsSettings">UTF-8</activeCodePage>
    </windowsSettings>
  </application>
</assembly>
`
