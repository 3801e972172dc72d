package coding

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// story repeats as pages do, yet never quite.
var story = func() []byte {
	var b bytes.Buffer
	for i := range 3000 {
		b.WriteString("<p>The harbour of Lindow closed at ")
		b.WriteString(strings.Repeat("n", i%17))
		b.WriteByte(byte('a' + i*i%26))
		b.WriteString(" o'clock.</p>\n")
	}
	return b.Bytes()
}()

func encode(t testing.TB, name string, body []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	var err error
	switch name {
	case "gzip", "x-gzip":
		w = gzip.NewWriter(&b)
	case "deflate":
		w = zlib.NewWriter(&b)
	case "raw deflate":
		w, err = flate.NewWriter(&b, flate.DefaultCompression)
	case "br":
		w = brotli.NewWriterLevel(&b, 4)
	case "zstd":
		w, err = zstd.NewWriter(&b)
	}
	if err == nil {
		_, err = w.Write(body)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatalf("encode %s: %v", name, err)
	}
	return b.Bytes()
}

func TestDecode(t *testing.T) {
	gzipped := encode(t, "gzip", story)
	tests := []struct {
		name, encoding string
		body, want     []byte
	}{
		{"none", "", story, story},
		{"identity", "Identity", story, story},
		{"gzip", "gzip", gzipped, story},
		{"gzip by its old name", "X-GZIP", gzipped, story},
		{"two gzip members", "gzip", append(bytes.Clone(gzipped), gzipped...), append(bytes.Clone(story), story...)},
		{"gzip with padding", "gzip", append(bytes.Clone(gzipped), 0, 0, 0), story},
		{"deflate", "deflate", encode(t, "deflate", story), story},
		{"deflate without zlib", "deflate", encode(t, "raw deflate", story), story},
		{"br", "br", encode(t, "br", story), story},
		{"zstd", "zstd", encode(t, "zstd", story), story},
		{"two zstd frames", "zstd", append(encode(t, "zstd", story), encode(t, "zstd", story)...), append(bytes.Clone(story), story...)},
		{"a list, in the order applied", "br, gzip", encode(t, "gzip", encode(t, "br", story)), story},
		{"empty body", "gzip", nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Decode(tt.body, tt.encoding, 1<<20)
			if err != nil || !bytes.Equal(got, tt.want) {
				t.Errorf("Decode = %d bytes, %v, want %d bytes", len(got), err, len(tt.want))
			}
		})
	}
}

func TestDecodeRefuses(t *testing.T) {
	tests := []struct {
		name, encoding string
		body           []byte
		limit          int
		want           error
	}{
		{"unknown", "compress", story, 1 << 20, ErrUnknown},
		{"unknown under known", "compress, gzip", encode(t, "gzip", story), 1 << 20, ErrUnknown},
		{"more codings than anybody applies", "gzip, gzip, gzip, gzip, gzip", story, 1 << 20, ErrUnknown},
		{"no coding over the limit", "", story, 100, ErrTooLarge},
		{"gzip over the limit", "gzip", encode(t, "gzip", story), 100, ErrTooLarge},
		{"br over the limit", "br", encode(t, "br", story), 100, ErrTooLarge},
		{"zstd over the limit", "zstd", encode(t, "zstd", story), 100, ErrTooLarge},
		{"inner layer over the limit", "br, gzip", encode(t, "gzip", encode(t, "br", story)), 100, ErrTooLarge},
		{"no gzip at all", "gzip", story, 1 << 20, ErrCorrupt},
		{"no zstd at all", "zstd", story, 1 << 20, ErrCorrupt},
		{"window over 8 MB", "zstd", wideZstd(t), 1 << 20, ErrCorrupt},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Decode(tt.body, tt.encoding, tt.limit)
			if !errors.Is(err, tt.want) || len(got) > tt.limit {
				t.Errorf("Decode = %d bytes, %v, want %v", len(got), err, tt.want)
			}
		})
	}
}

// wideZstd is a frame that asks for a window of 16 MB.
func wideZstd(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := zstd.NewWriter(&b, zstd.WithWindowSize(16<<20), zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		t.Fatal(err)
	}
	chunk := make([]byte, 1<<20)
	for range 17 {
		if _, err := w.Write(chunk); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestDecodeKeepsWhatArrived(t *testing.T) {
	long := bytes.Repeat(story, 20)
	for _, name := range []string{"gzip", "deflate", "raw deflate", "br", "zstd"} {
		t.Run(name, func(t *testing.T) {
			whole := encode(t, name, long)
			half := whole[:len(whole)/2]
			got, err := Decode(half, strings.TrimPrefix(name, "raw "), len(long))
			if !errors.Is(err, ErrTruncated) || errors.Is(err, ErrCorrupt) {
				t.Errorf("error is %v, want only %v", err, ErrTruncated)
			}
			if len(got) == 0 || !bytes.HasPrefix(long, got) {
				t.Errorf("got %d bytes, want a start of the body", len(got))
			}
		})
	}
}

func TestZstdReturns(t *testing.T) {
	for _, size := range []int{0, 1, 1000, 9 << 20} {
		body := bytes.Repeat(story, size/len(story)+1)[:size]
		got, err := Decode(Zstd(body), "zstd", size)
		if err != nil || !bytes.Equal(got, body) {
			t.Errorf("%d bytes came back as %d bytes, %v", size, len(got), err)
		}
	}
}

func TestShorten(t *testing.T) {
	noise := make([]byte, sampledFrom+1)
	rand.NewChaCha8([32]byte{}).Read(noise)
	pages := bytes.Repeat(story, sampledFrom/len(story)+1)
	for _, tt := range []struct {
		name  string
		body  []byte
		wants bool
	}{
		{"nothing", nil, false},
		{"a page", story, true},
		{"some noise", noise[:1000], false},
		{"many pages", pages, true},
		{"much noise", noise, false},
		{"much noise, then pages", slices.Concat(noise, pages), true},
		{"pages, then noise", slices.Concat(pages, noise), true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			packed, ok := Shorten(tt.body)
			if ok != tt.wants {
				t.Fatalf("shorter: %v, want %v", ok, tt.wants)
			}
			if !ok {
				return
			}
			got, err := Decode(packed, "zstd", len(tt.body))
			if err != nil || !bytes.Equal(got, tt.body) || len(packed) >= len(tt.body) {
				t.Errorf("%d bytes became %d, and %d again, %v", len(tt.body), len(packed), len(got), err)
			}
		})
	}
}

// A long body that becomes no shorter is not packed to find that out.
func TestShortenTakesNoRoomInVain(t *testing.T) {
	noise := make([]byte, 2*sampledFrom)
	rand.NewChaCha8([32]byte{}).Read(noise)
	Shorten(noise) // makes the tables of the encoder
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	Shorten(noise)
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > uint64(len(noise)/2) {
		t.Errorf("%d bytes were taken for a body of %d", took, len(noise))
	}
}

func FuzzDecode(f *testing.F) {
	for _, name := range []string{"gzip", "deflate", "raw deflate", "br", "zstd"} {
		f.Add(encode(f, name, story[:2000]), strings.TrimPrefix(name, "raw "))
	}
	f.Add(story[:100], "br, gzip")
	const limit = 1 << 16
	f.Fuzz(func(t *testing.T, body []byte, encoding string) {
		got, err := Decode(body, encoding, limit)
		if len(got) > limit {
			t.Errorf("%d bytes came out, the limit is %d", len(got), limit)
		}
		if err == nil {
			return
		}
		classes := 0
		for _, class := range []error{ErrUnknown, ErrTooLarge, ErrTruncated, ErrCorrupt} {
			if errors.Is(err, class) {
				classes++
			}
		}
		if classes != 1 {
			t.Errorf("error %q has %d classes, want one", err, classes)
		}
	})
}

func FuzzZstdReturns(f *testing.F) {
	f.Add([]byte{})
	f.Add(story[:5000])
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := Decode(Zstd(body), "zstd", len(body))
		if err != nil || !bytes.Equal(got, body) {
			t.Errorf("%d bytes came back as %d bytes, %v", len(body), len(got), err)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	for _, name := range []string{"gzip", "br", "zstd"} {
		coded := encode(b, name, story)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(story)))
			for b.Loop() {
				if _, err := Decode(coded, name, 1<<20); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A list of codings is read as the same when it is written again.
func FuzzList(f *testing.F) {
	f.Add("X-GZIP, , identity,br")
	f.Fuzz(func(t *testing.T, header string) {
		once := List(header)
		if twice := List(strings.Join(once, ",")); !slices.Equal(once, twice) {
			t.Errorf("%q is %q, again %q", header, once, twice)
		}
	})
}
