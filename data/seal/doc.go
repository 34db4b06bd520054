// Package seal makes what lets a stranger check a bundle: a signature, a
// custody log, a description of the files for programs, and a request for a
// time stamp.
//
// Its one rule: everything here can be checked with what common systems ship
// (ssh-keygen, sha256sum, openssl), without Casebinder. The package turns bytes
// into bytes: it opens no file and knows nothing of bags. The same input gives
// the same bytes, today and later.
//
// A signature tells that nothing was changed since somebody who holds the key
// exported the bundle. It does not tell that what the files say is so.
package seal
