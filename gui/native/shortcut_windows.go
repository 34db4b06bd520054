package native

import (
	"fmt"
	"path/filepath"
	"runtime"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	classLink      = guid(0x00021401, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46)
	faceLink       = guid(0x000214F9, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46)
	faceFile       = guid(0x0000010B, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46)
	faceProperties = guid(0x886D8EEB, 0x8CF2, 0x4446, 0x8D, 0x02, 0xCD, 0xBA, 0x1D, 0xBD, 0xCF, 0x99)
	keyOfID        = propertyKey{*guid(0x9F4C2855, 0x9F79, 0x4B39, 0xA8, 0xD0, 0xE1, 0xD4, 0x2D, 0xE1, 0xD5, 0xF3), 5}
)

// Methods by their places.
const (
	setFolder     = 9
	setPath       = 20
	saveFile      = 6
	setProperty   = 6
	commitChanges = 7
)

type propertyKey struct {
	group windows.GUID
	id    uint32
}

// A variant holds a value of any kind, PROPVARIANT; here a text.
type variant struct {
	kind  uint16
	_     [3]uint16
	text  *uint16
	_room uintptr
}

// makeShortcut makes a shortcut to a program that carries the program's ID.
func makeShortcut(at, program string) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := windows.CoInitializeEx(0, windows.COINIT_APARTMENTTHREADED); err == nil {
		defer windows.CoUninitialize()
	}
	var link *object
	const inProcess = 1
	err := succeeded(ole32.NewProc("CoCreateInstance").Call(uintptr(unsafe.Pointer(classLink)), 0, inProcess,
		uintptr(unsafe.Pointer(faceLink)), uintptr(unsafe.Pointer(&link))))
	if err != nil {
		return fmt.Errorf("making a shortcut: %w", err)
	}
	defer link.release()
	if err := setText(link, setPath, program); err != nil {
		return err
	}
	if err := setText(link, setFolder, filepath.Dir(program)); err != nil {
		return err
	}
	if err := setID(link); err != nil {
		return fmt.Errorf("giving a shortcut the program's ID: %w", err)
	}
	file, err := link.as(faceFile)
	if err != nil {
		return err
	}
	defer file.release()
	name, err := windows.UTF16PtrFromString(at)
	if err != nil {
		return err
	}
	return file.call(saveFile, uintptr(unsafe.Pointer(name)), 1)
}

func setText(o *object, method int, text string) error {
	encoded, err := windows.UTF16PtrFromString(text)
	if err != nil {
		return err
	}
	return o.call(method, uintptr(unsafe.Pointer(encoded)))
}

func setID(link *object) error {
	properties, err := link.as(faceProperties)
	if err != nil {
		return err
	}
	defer properties.release()
	text, err := windows.UTF16PtrFromString(ID)
	if err != nil {
		return err
	}
	const wideText = 31
	value := &variant{kind: wideText, text: text}
	if err := properties.call(setProperty, uintptr(unsafe.Pointer(&keyOfID)), uintptr(unsafe.Pointer(value))); err != nil {
		return err
	}
	return properties.call(commitChanges)
}
