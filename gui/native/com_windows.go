package native

import (
	"fmt"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

// An object is one of COM's: it begins with a pointer to the table of its methods.
type object struct{ methods *[64]uintptr }

// The methods that every object has.
const (
	asAnother = 0 // QueryInterface
	letGo     = 2 // Release
)

// call calls a method by its place in the table. What its arguments point at stays where
// it is until the call has come back.
//
//go:uintptrescapes
func (o *object) call(method int, args ...uintptr) error {
	return succeeded(syscall.SyscallN(o.methods[method], append([]uintptr{uintptr(unsafe.Pointer(o))}, args...)...))
}

func (o *object) release() {
	if o != nil {
		_ = o.call(letGo) // it tells how many others hold it
	}
}

// as gives another face of the object.
func (o *object) as(face *windows.GUID) (*object, error) {
	var other *object
	err := o.call(asAnother, uintptr(unsafe.Pointer(face)), uintptr(unsafe.Pointer(&other)))
	return other, err
}

// succeeded makes an error of an HRESULT that tells of a failure.
func succeeded(result, _ uintptr, _ error) error {
	if int32(result) < 0 {
		return fmt.Errorf("windows says 0x%08X", uint32(result))
	}
	return nil
}

func guid(a uint32, b, c uint16, d ...byte) *windows.GUID {
	return &windows.GUID{Data1: a, Data2: b, Data3: c, Data4: [8]byte(d)}
}
