package warc

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// Record is one record of an archive.
type Record struct {
	// Version is the one that the record states: "WARC/1.1".
	Version string
	Header  Header
	// Block is the record's content, as long as its Content-Length says. It can
	// be read until the next record is asked for.
	Block io.Reader
	// Offset is where the record begins in the file, in bytes: its own first
	// byte, or that of the gzip member or zstd frame that holds it.
	Offset int64
	// Shared says that the member or frame began with another record, so that
	// Offset does not lead to this one.
	Shared bool
}

// Damage is a stretch of a file that holds no record that can be read. The next
// call of [Reader.Next] goes on behind it.
type Damage struct {
	// Offset is where the damaged record begins, in bytes.
	Offset int64
	Err    error
}

func (d *Damage) Error() string { return fmt.Sprintf("damaged at byte %d: %v", d.Offset, d.Err) }

func (d *Damage) Unwrap() error { return d.Err }

// Reader reads the records of a file one after the other, in one pass and in
// constant memory.
type Reader struct {
	file *counted
	// text is the decompressed content of the member at hand, nil between two:
	// the file itself where it is not compressed.
	text   *bufio.Reader
	member int64 // where the member at hand begins
	first  bool  // no record of it was read yet

	gzip     gzip.Reader
	zstd     frames
	unpacked *bufio.Reader // what text is where it is compressed

	block *io.LimitedReader // of the record that was given out last
	at    int64             // where that begins
	begun int64             // how much of the file was taken when its block began
	lost  bool              // the place of the next record must be looked for
	size  int64             // of the file, 0 where it is not known
}

// NewReader reads an archive from its first byte. How it is compressed is told
// from each member.
func NewReader(from io.Reader) *Reader {
	return &Reader{file: count(from)}
}

// NewReaderAt reads an archive on from the record, gzip member or zstd frame that
// begins at an offset of its file: a [Record.Offset]. It reads the dictionary at
// the begin of the file first, which zstd frames may need.
func NewReaderAt(file io.ReaderAt, offset int64) (*Reader, error) {
	r := NewReader(io.NewSectionReader(file, offset, math.MaxInt64-offset))
	r.file.from.n = offset
	if offset == 0 {
		return r, nil
	}
	return r, r.zstd.prepare(file)
}

// Until tells the reader how long the file is, in bytes. A record that is not
// compressed and says that it is longer is then damage at its begin, and what
// stands behind that is looked at: else it is taken for the record.
func (r *Reader) Until(size int64) { r.size = size }

// Reset has the reader read another archive from its first byte, as a new one
// would. What it works with is kept, which costs more to make than a record to
// read.
func (r *Reader) Reset(from io.Reader) {
	r.file.reset(from)
	r.text, r.block = nil, nil
	r.member, r.at, r.first, r.lost, r.size = 0, 0, false, false, 0
	r.zstd.forget()
}

// Next is the next record; [io.EOF] behind the last one, a [*Damage] for what is
// no record.
func (r *Reader) Next() (*Record, error) {
	if _, err := r.End(); err != nil {
		return nil, err
	}
	for {
		if r.text == nil {
			if err := r.open(); err != nil {
				return nil, r.fail(r.member, err)
			}
		}
		at := r.member
		if r.text == r.file.Reader {
			at = r.file.at()
		}
		rec, err := r.record()
		switch {
		case errors.Is(err, io.EOF) && r.text != r.file.Reader:
			r.text = nil // the member is read
			continue
		case errors.Is(err, io.EOF):
			return nil, io.EOF
		case err != nil:
			return nil, r.fail(at, err)
		}
		rec.Offset, rec.Shared = at, !r.first && r.text != r.file.Reader
		r.first, r.at = false, at
		return rec, nil
	}
}

// End reads the rest of the record that was given out last, and says where in
// the file the next one begins.
func (r *Reader) End() (int64, error) {
	if r.lost {
		return r.file.at(), r.find()
	}
	if r.block == nil {
		return r.file.at(), nil
	}
	block := r.block
	r.block = nil
	err := r.discard(block)
	if err == nil && block.N > 0 {
		err = io.ErrUnexpectedEOF
	}
	if err == nil {
		err = skipBlank(r.text)
	}
	if errors.Is(err, io.EOF) {
		if r.text != r.file.Reader {
			r.text = nil
		}
		err = nil
	}
	if err != nil {
		return 0, r.fail(r.at, err)
	}
	return r.file.at(), nil
}

// What nobody reads of a block is a bomb where it is more than mostUnread bytes
// and more than mostUnfold for each byte of the file. Deflate makes 1,032 of one
// at most, zstd 30,000; pages come to 20.
const (
	mostUnread = 256 << 20
	mostUnfold = 500
)

// discard reads the rest of a block, unless it is a bomb.
func (r *Reader) discard(block *io.LimitedReader) error {
	for unread := int64(0); ; {
		n, err := io.CopyN(io.Discard, block, mostUnread/8)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if unread += n; err != nil {
			return err
		}
		if unread >= mostUnread && unread/mostUnfold > r.file.at()-r.begun {
			return fmt.Errorf("a block that unfolds to more than %d bytes for one: a bomb", mostUnfold)
		}
	}
}

// Apart says, behind [Reader.End], whether the member or frame of the record has
// ended with it, its checksum proven, and can be read without the dictionary of
// its file. It is always so where nothing is compressed.
func (r *Reader) Apart() bool {
	return r.text == nil && !r.zstd.shared || r.text == r.file.Reader
}

// fail says what is wrong with the record that begins at an offset. Errors of
// the disk or the network are no damage and end the reading.
func (r *Reader) fail(at int64, err error) error {
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	if r.file.err != nil && !errors.Is(r.file.err, io.EOF) {
		return r.file.err
	}
	r.lost, r.at, r.block, r.text = true, at, nil, nil
	return &Damage{at, err}
}

// record reads the head of a record. The error is [io.EOF] where there is none
// any more.
func (r *Reader) record() (*Record, error) {
	if err := skipBlank(r.text); err != nil {
		return nil, err
	}
	lines := linesOf(r.text)
	version, err := lines.next()
	if err != nil {
		return nil, midway(err)
	}
	if !strings.HasPrefix(version, "WARC/") {
		return nil, fmt.Errorf("%.20q is no version of WARC", version)
	}
	rec := &Record{Version: version}
	if rec.Header, err = fields(lines, noField); err != nil {
		return nil, midway(err)
	}
	length, err := rec.Header.length()
	if err != nil {
		return nil, err
	}
	if r.begun = r.file.at(); r.size > 0 && r.text == r.file.Reader && length > r.size-r.begun {
		return nil, fmt.Errorf("%s %d: the file ends %d bytes behind it", ContentLength, length, max(0, r.size-r.begun))
	}
	r.block = &io.LimitedReader{R: r.text, N: length}
	rec.Block = whole{r.block}
	return rec, nil
}

// whole is a block that says so where the file ends before it does.
type whole struct{ *io.LimitedReader }

func (w whole) Read(p []byte) (int, error) {
	n, err := w.LimitedReader.Read(p)
	if errors.Is(err, io.EOF) && w.N > 0 {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// mostBlank is how long the empty lines between two records may be, in bytes.
const mostBlank = 1 << 20

// skipBlank reads the empty lines between two records.
func skipBlank(text *bufio.Reader) error {
	for range mostBlank {
		c, err := text.ReadByte()
		if err != nil {
			return err
		}
		if c != '\r' && c != '\n' {
			return text.UnreadByte()
		}
	}
	return fmt.Errorf("more than %d bytes of empty lines", mostBlank)
}
