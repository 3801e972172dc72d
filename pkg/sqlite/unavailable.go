package sqlite

import (
	"errors"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Unavailable says whether err is the fault of the file and what it lies on,
// such as a full disk: whatever was to be written did nothing wrong, and may
// well be written when the file is in order again. All else, a broken
// constraint or a value that is too large, is the fault of what was written.
func Unavailable(err error) bool {
	known, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return false
	}
	switch known.Code() & 0xff { // without what extends it
	case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_NOMEM,
		sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL,
		sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY,
		sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return true
	}
	return false
}
