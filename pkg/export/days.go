package export

import (
	"bufio"
	"errors"
	"io"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/klauspost/compress/zstd"
)

// heldMost is how much of all days together is held before it goes to the disk,
// in bytes.
const heldMost = 8 << 20

// days sorts lines by their day, on the disk: they come in the order of their
// rows, which an import of old pages does not have in the order of time.
type days struct {
	folder string
	pack   *zstd.Encoder
	held   map[string][]byte
	size   int
	known  map[string]int // lines of each day
}

func newDays(folder string) (*days, error) {
	pack, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithLowerEncoderMem(true))
	return &days{folder: folder, pack: pack, held: map[string][]byte{}, known: map[string]int{}}, err
}

func (d *days) add(day string, line []byte) error {
	d.held[day] = append(append(d.held[day], line...), '\n')
	d.known[day]++
	if d.size += len(line) + 1; d.size < heldMost {
		return nil
	}
	return d.flush()
}

// flush appends what is held to the files of the days, as a frame of zstd each.
func (d *days) flush() error {
	for day, lines := range d.held {
		file, err := os.OpenFile(d.file(day), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		_, err = file.Write(d.pack.EncodeAll(lines, nil))
		if err := errors.Join(err, file.Close()); err != nil {
			return err
		}
	}
	clear(d.held)
	d.size = 0
	return nil
}

func (d *days) file(day string) string { return filepath.Join(d.folder, day) }

// all are the days, in order, after everything was flushed.
func (d *days) all() []string { return slices.Sorted(maps.Keys(d.known)) }

// lines are those of one day in the order in which they came. Each is good until
// the next.
func (d *days) lines(day string) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		file, err := os.Open(d.file(day))
		if err != nil {
			yield(nil, err)
			return
		}
		defer file.Close()
		unpacked, err := zstd.NewReader(file, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
		if err != nil {
			yield(nil, err)
			return
		}
		defer unpacked.Close()
		in := bufio.NewReaderSize(unpacked, 64<<10)
		for {
			line, err := in.ReadBytes('\n')
			if errors.Is(err, io.EOF) && len(line) == 0 {
				return
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(line[:len(line)-1], nil) {
				return
			}
		}
	}
}
