package warc

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
)

// TestBody reads bodies out of records by themselves, however they are packed.
func TestBody(t *testing.T) {
	const answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The tide is high."
	for _, tt := range []struct {
		name, kind, block, want string
		more                    Field
	}{
		{name: "answer", kind: Response, block: answer, want: "<p>The tide is high."},
		{name: "file", kind: Resource, block: "<p>Ebb", want: "<p>Ebb"},
		{name: "revisit", kind: Revisit, block: "HTTP/1.1 304 Not Modified\r\n\r\n"},
		{name: "cut in a chunk", kind: Response, more: Field{Truncated, "length"}, want: "<p>Eb",
			block: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n<p>Eb"},
	} {
		for _, c := range []Compression{Plain, Gzip, Zstd} {
			t.Run(tt.name+" "+string(c), func(t *testing.T) {
				var packed bytes.Buffer
				w, err := NewWriter(&packed, 0, c)
				if err != nil {
					t.Fatal(err)
				}
				header := Header{{Type, tt.kind}, {RecordID, "<urn:uuid:1>"}, {Date, "2026-01-01T00:00:00Z"}}
				if tt.more.Name != "" {
					header = append(header, tt.more)
				}
				if _, err := w.Write(header, strings.NewReader(tt.block), int64(len(tt.block))); err != nil {
					t.Fatal(err)
				}
				if got, err := Body(packed.Bytes(), 1000); err != nil || string(got) != tt.want {
					t.Errorf("%q, %v, want %q", got, err, tt.want)
				}
				whole := packed.Bytes()
				for name, damaged := range map[string][]byte{
					"a cut record": whole[:len(whole)-8], "two records": append(whole[:len(whole):len(whole)], whole...), "nothing": nil,
				} {
					if got, err := Body(damaged, 1000); err == nil {
						t.Errorf("%s has the body %q", name, got)
					}
				}
				if len(tt.want) > 3 {
					if _, err := Body(whole, 3); err == nil {
						t.Error("a body over the limit is read")
					}
				}
			})
		}
	}
}

// A block takes the room that it has, and no more than that, whatever its record
// says.
func TestReadBlockTakesItsRoom(t *testing.T) {
	const size, most = 5 * believed, 8 * believed
	block := bytes.Repeat([]byte("tide"), size/4)
	for stated, room := range map[string]int{
		strconv.Itoa(size): size, "9223372036854775807": most, "17": 2 * size, "": 2 * size,
	} {
		got, err := ReadBlock(bytes.NewReader(block), Header{{ContentLength, stated}}, most)
		if err != nil || !bytes.Equal(got, block) {
			t.Fatalf("length %q: %d bytes, %v", stated, len(got), err)
		}
		if cap(got) > room+16<<10 {
			t.Errorf("length %q: room for %d bytes, want %d", stated, cap(got), room)
		}
	}
	if got, err := ReadBlock(strings.NewReader("tide"), Header{{ContentLength, strconv.Itoa(most)}}, most); err != nil || cap(got) > 2*believed {
		t.Errorf("room for %d bytes is made on a record's word, %v", cap(got), err)
	}
}
