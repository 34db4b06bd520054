package native

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"runtime"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	faceXML           = guid(0xF7F3A506, 0x1E87, 0x42D6, 0xBC, 0xFB, 0xB8, 0xC8, 0x09, 0xFA, 0x54, 0x94)
	faceXMLReader     = guid(0x6CD0E74E, 0xEE65, 0x4489, 0x9E, 0xBF, 0xCA, 0x43, 0xE8, 0x7B, 0xA6, 0x37)
	faceToastManager  = guid(0x50AC103F, 0xD235, 0x4598, 0xBB, 0xEF, 0x98, 0xFE, 0x4D, 0x1A, 0x3A, 0xD4)
	faceToastFactory  = guid(0x04124B20, 0x82C6, 0x4229, 0xB1, 0x09, 0xFD, 0x9E, 0xD4, 0x66, 0x2B, 0x53)
	classXML          = "Windows.Data.Xml.Dom.XmlDocument"
	classToast        = "Windows.UI.Notifications.ToastNotification"
	classToastManager = "Windows.UI.Notifications.ToastNotificationManager"
)

// The methods that are called, by their places after the six that every object of the
// Windows Runtime has.
const (
	loadXML           = 6
	createNotifierFor = 7
	createToast       = 6
	showToast         = 6
)

// toast shows a notification in Windows' own way.
func toast(title, text string) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := combase.Load(); err != nil {
		return fmt.Errorf("this Windows has no notifications of that kind: %w", err)
	}
	const manyThreads = 1
	if err := succeeded(combase.NewProc("RoInitialize").Call(manyThreads)); err == nil {
		defer combase.NewProc("RoUninitialize").Call() //nolint:errcheck // it tells nothing
	}
	content, err := toastContent(title, text)
	if err != nil {
		return err
	}
	defer content.release()
	manager, err := factory(classToastManager, faceToastManager)
	if err != nil {
		return err
	}
	defer manager.release()
	id, forget, err := winString(ID)
	if err != nil {
		return err
	}
	defer forget()
	var notifier, note *object
	if err := manager.call(createNotifierFor, id, uintptr(unsafe.Pointer(&notifier))); err != nil {
		return fmt.Errorf("asking for the program's notifications: %w", err)
	}
	defer notifier.release()
	notes, err := factory(classToast, faceToastFactory)
	if err != nil {
		return err
	}
	defer notes.release()
	if err := notes.call(createToast, uintptr(unsafe.Pointer(content)), uintptr(unsafe.Pointer(&note))); err != nil {
		return fmt.Errorf("making a notification: %w", err)
	}
	defer note.release()
	return notifier.call(showToast, uintptr(unsafe.Pointer(note)))
}

// toastXML is what a notification shows.
func toastXML(title, text string) (string, error) {
	var b bytes.Buffer
	b.WriteString(`<toast><visual><binding template="ToastGeneric">`)
	for _, line := range []string{title, text} {
		b.WriteString("<text>")
		if err := xml.EscapeText(&b, []byte(line)); err != nil {
			return "", err
		}
		b.WriteString("</text>")
	}
	b.WriteString("</binding></visual></toast>")
	return b.String(), nil
}

// toastContent is that as Windows reads it.
func toastContent(title, text string) (*object, error) {
	class, forget, err := winString(classXML)
	if err != nil {
		return nil, err
	}
	defer forget()
	var made *object
	if err := succeeded(combase.NewProc("RoActivateInstance").Call(class, uintptr(unsafe.Pointer(&made)))); err != nil {
		return nil, fmt.Errorf("making %s: %w", classXML, err)
	}
	defer made.release()
	reader, err := made.as(faceXMLReader)
	if err != nil {
		return nil, err
	}
	defer reader.release()
	content, err := toastXML(title, text)
	if err != nil {
		return nil, err
	}
	source, forgetSource, err := winString(content)
	if err != nil {
		return nil, err
	}
	defer forgetSource()
	if err := reader.call(loadXML, source); err != nil {
		return nil, fmt.Errorf("writing a notification: %w", err)
	}
	return made.as(faceXML)
}

// factory gives what makes the objects of a class.
func factory(class string, face *windows.GUID) (*object, error) {
	name, forget, err := winString(class)
	if err != nil {
		return nil, err
	}
	defer forget()
	var made *object
	if err := succeeded(combase.NewProc("RoGetActivationFactory").Call(name, uintptr(unsafe.Pointer(face)), uintptr(unsafe.Pointer(&made)))); err != nil {
		return nil, fmt.Errorf("asking for %s: %w", class, err)
	}
	return made, nil
}

// winString makes a string of the Windows Runtime, and what forgets it.
func winString(s string) (uintptr, func(), error) {
	text, err := windows.UTF16FromString(s)
	if err != nil {
		return 0, nil, err
	}
	var made uintptr
	err = succeeded(combase.NewProc("WindowsCreateString").Call(uintptr(unsafe.Pointer(&text[0])), uintptr(len(text)-1), uintptr(unsafe.Pointer(&made))))
	return made, func() { combase.NewProc("WindowsDeleteString").Call(made) }, err //nolint:errcheck // it is always well
}
