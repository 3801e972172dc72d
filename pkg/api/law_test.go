package api

import (
	"testing"
)

// FuzzGather states that an answer comes back whole from its pieces, and that
// pieces which are none of its end in an error, not in another answer.
func FuzzGather(f *testing.F) {
	f.Add("tide", 0, []byte("x"))
	f.Add("", 1, []byte("\x28\xb5\x2f\xfd"))
	f.Fuzz(func(t *testing.T, answer string, size int, data []byte) {
		got, err := Gather[[]byte](func(offset int) (Piece, error) { return PieceOf([]byte(answer), offset) })
		if err != nil || string(got) != answer {
			t.Errorf("%q came back as %q, %v", answer, got, err)
		}
		asked := 0
		_, err = Gather[[]byte](func(offset int) (Piece, error) {
			asked++
			return Piece{Size: size, Offset: offset, Data: data}, nil
		})
		if err == nil && len(data) == 0 {
			t.Error("no error, and nothing was sent")
		}
		if limit := 1 + max(size, 0)/max(len(data), 1) + 1; asked > limit {
			t.Errorf("asked %d times for %d bytes", asked, size)
		}
	})
}
