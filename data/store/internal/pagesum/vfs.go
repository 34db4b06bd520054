package pagesum

import (
	"encoding/binary"
	"fmt"
	"sync"
	"unsafe"

	"modernc.org/libc"
	_ "modernc.org/sqlite" // sets its library up
	lib "modernc.org/sqlite/lib"
)

// VFS is the name by which a URI asks for sums: "vfs=" + VFS.
const VFS = "casebinder-sums"

// The parameters of a URI.
const (
	watchName = "watch"
	// NewFile=1 says that a file that is not there yet gets sums.
	NewFile = "sums"
	// Room=8 is SQLite's own parameter for the target of VACUUM INTO.
	Room = "reserve"
)

// beyond is what is kept behind SQLite's own description of an open file. It is
// memory of the library, so that it holds no pointer of Go.
type beyond struct {
	methods     lib.Tsqlite3_io_methods // SQLite's own, but for reading and writing
	read, write uintptr                 // SQLite's own
	watch       int64
	summed      int32 // its pages hold sums
	fresh       int32 // it was empty, and gets sums
}

type (
	openFunc     = func(tls *libc.TLS, vfs, name, file uintptr, flags int32, outFlags uintptr) int32
	transferFunc = func(tls *libc.TLS, file, buffer uintptr, n int32, offset int64) int32
)

var (
	register sync.Once
	failed   error
	ownSize  uintptr // bytes of SQLite's own description of an open file
	ownOpen  uintptr
	names    struct{ watch, fresh, room uintptr }
)

// Register makes VFS known to SQLite, once.
func Register() error {
	register.Do(func() { failed = registerOnce() })
	return failed
}

func registerOnce() error {
	tls := libc.NewTLS()
	defer tls.Close()
	usual := lib.Xsqlite3_vfs_find(tls, 0)
	if usual == 0 {
		return fmt.Errorf("the database has no file system")
	}
	for into, text := range map[*uintptr]string{&names.watch: watchName, &names.fresh: NewFile, &names.room: Room} {
		var err error
		if *into, err = libc.CString(text); err != nil {
			return fmt.Errorf("naming a parameter: %w", err)
		}
	}
	name, err := libc.CString(VFS)
	if err != nil {
		return fmt.Errorf("naming the file system: %w", err)
	}
	own := libc.Xmalloc(tls, libc.Tsize_t(unsafe.Sizeof(lib.Tsqlite3_vfs{})))
	if own == 0 {
		return fmt.Errorf("making the file system: no memory")
	}
	vfs := at[lib.Tsqlite3_vfs](own)
	*vfs = *at[lib.Tsqlite3_vfs](usual)
	ownOpen, ownSize = vfs.FxOpen, (uintptr(vfs.FszOsFile)+15)&^15
	vfs.FpNext, vfs.FzName, vfs.FxOpen = 0, name, pointer[openFunc](open)
	vfs.FszOsFile = int32(ownSize + unsafe.Sizeof(beyond{}))
	if rc := lib.Xsqlite3_vfs_register(tls, own, 0); rc != lib.SQLITE_OK {
		return fmt.Errorf("registering the file system: code %d", rc)
	}
	return nil
}

// at gives what lies at an address of the library's memory.
func at[T any](address uintptr) *T { return *(**T)(unsafe.Pointer(&address)) }

// pointer gives the address by which the library calls a function of a package,
// and function the other way round: as the library itself does it.
func pointer[T any](f T) uintptr { return *(*uintptr)(unsafe.Pointer(&f)) }

func function[T any](address uintptr) T { return *(*T)(unsafe.Pointer(&address)) }

// open opens a file as SQLite does, and takes over reading and writing where it
// is a database.
func open(tls *libc.TLS, vfs, name, file uintptr, flags int32, outFlags uintptr) int32 {
	rc := function[openFunc](ownOpen)(tls, vfs, name, file, flags, outFlags)
	methods := at[uintptr](file)
	if rc != lib.SQLITE_OK || flags&lib.SQLITE_OPEN_MAIN_DB == 0 || *methods == 0 || name == 0 {
		return rc
	}
	x := at[beyond](file + ownSize)
	*x = beyond{methods: *at[lib.Tsqlite3_io_methods](*methods)}
	x.read, x.write = x.methods.FxRead, x.methods.FxWrite
	x.methods.FxRead, x.methods.FxWrite = pointer[transferFunc](read), pointer[transferFunc](write)
	x.methods.FiVersion = min(x.methods.FiVersion, 2) // without maps of the file, which nobody could look at
	x.watch = lib.Xsqlite3_uri_int64(tls, name, names.watch, 0)

	buffer := tls.Alloc(headSize)
	defer tls.Free(headSize)
	switch rc := function[transferFunc](x.read)(tls, file, buffer, headSize, 0); {
	case rc == lib.SQLITE_OK && hasRoom(unsafe.Slice(at[byte](buffer), headSize)):
		x.summed = 1
	case rc == lib.SQLITE_IOERR_SHORT_READ:
		x.fresh = lib.Xsqlite3_uri_boolean(tls, name, names.fresh, 0)
		if x.fresh != 0 || lib.Xsqlite3_uri_int64(tls, name, names.room, 0) == Reserved {
			x.summed = 1
		}
	}
	*methods = file + ownSize // where beyond.methods lies
	return rc
}

// read reads as SQLite does, and looks at what was read. A new file that is to
// have sums seems to have a head that says so, which SQLite takes over.
func read(tls *libc.TLS, file, buffer uintptr, n int32, offset int64) int32 {
	x := at[beyond](file + ownSize)
	rc := function[transferFunc](x.read)(tls, file, buffer, n, offset)
	switch {
	case rc == lib.SQLITE_IOERR_SHORT_READ && x.fresh != 0 && offset == 0 && n == headSize:
		if head := unsafe.Slice(at[byte](buffer), headSize); head[0] == 0 {
			binary.BigEndian.PutUint16(head[sizeAt:], PageSize)
			head[roomAt] = Reserved
		}
	case rc == lib.SQLITE_OK && x.summed != 0 && n == PageSize && offset%PageSize == 0:
		if number := uint32(offset/PageSize) + 1; !whole(unsafe.Slice(at[byte](buffer), PageSize), number) {
			note(x.watch, number)
		}
	}
	return rc
}

// write sums a page, in the bytes that SQLite does not use, and writes it.
func write(tls *libc.TLS, file, buffer uintptr, n int32, offset int64) int32 {
	x := at[beyond](file + ownSize)
	if n == PageSize && offset%PageSize == 0 {
		page := unsafe.Slice(at[byte](buffer), PageSize)
		if offset == 0 { // the head says whether there is room
			x.summed = 0
			if hasRoom(page) {
				x.summed = 1
			}
		}
		if x.summed != 0 {
			s := sum(page, uint32(offset/PageSize)+1)
			copy(page[PageSize-Reserved:], s[:])
		}
	}
	return function[transferFunc](x.write)(tls, file, buffer, n, offset)
}
