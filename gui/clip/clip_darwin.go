package clip

import (
	"context"
	"runtime"
	"sync"
	"unsafe"

	"github.com/ebitengine/purego"
	"github.com/ebitengine/purego/objc"
)

// appKit is loaded once; the window has it already.
var appKit = sync.OnceValue(func() error {
	_, err := purego.Dlopen("/System/Library/Frameworks/AppKit.framework/AppKit", purego.RTLD_NOW|purego.RTLD_GLOBAL)
	return err
})

func class(name string) objc.ID { return objc.ID(objc.GetClass(name)) }

func text(s string) objc.ID {
	return class("NSString").Send(objc.RegisterName("stringWithUTF8String:"), s)
}

// read asks the general pasteboard: for files, then for a PNG, then for the TIFF that
// screenshots and most programs leave.
func read(ctx context.Context) (Content, error) {
	if err := appKit(); err != nil {
		return Content{}, err
	}
	runtime.LockOSThread() // a pool belongs to its thread
	defer runtime.UnlockOSThread()
	pool := class("NSAutoreleasePool").Send(objc.RegisterName("new"))
	defer pool.Send(objc.RegisterName("drain"))
	board := class("NSPasteboard").Send(objc.RegisterName("generalPasteboard"))
	if files := fileNames(board); len(files) > 0 {
		return Content{Files: files}, nil
	}
	as := func(kind string) offer {
		return offer{func() ([]byte, error) { return content(board, kind), nil }, decodeFile}
	}
	png, err := choose(ctx, []offer{as("public.png"), as("public.tiff")})
	return Content{Picture: png}, err
}

// content copies one form; nil where the pasteboard does not have it.
func content(board objc.ID, kind string) []byte {
	held := board.Send(objc.RegisterName("dataForType:"), text(kind))
	if held == 0 {
		return nil
	}
	n := objc.Send[uint](held, objc.RegisterName("length"))
	at := objc.Send[unsafe.Pointer](held, objc.RegisterName("bytes"))
	if n == 0 || at == nil {
		return nil
	}
	out := make([]byte, n)
	copy(out, unsafe.Slice((*byte)(at), n))
	return out
}

// fileNames gives the paths of the files that were copied.
func fileNames(board objc.ID) (files []string) {
	items := board.Send(objc.RegisterName("pasteboardItems"))
	if items == 0 {
		return nil
	}
	for i := range objc.Send[uint](items, objc.RegisterName("count")) {
		item := items.Send(objc.RegisterName("objectAtIndex:"), i)
		address := item.Send(objc.RegisterName("stringForType:"), text("public.file-url"))
		if address == 0 {
			continue
		}
		// The Finder names files by their number on the disk; the URL knows the path.
		path := class("NSURL").Send(objc.RegisterName("URLWithString:"), address).Send(objc.RegisterName("path"))
		if path != 0 {
			files = append(files, objc.Send[string](path, objc.RegisterName("UTF8String")))
		}
	}
	return files
}
