package api

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
)

// noise is text that does not compress well.
func noise(n int) string {
	random := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for b.Len() < n {
		b.WriteByte(byte('!' + random.IntN(90)))
	}
	return b.String()
}

// Answers of any length arrive whole, in messages of less than 1 MiB, also
// where one changes while it is read.
func TestGather(t *testing.T) {
	for _, size := range []int{0, 100, 3 << 20} {
		want, asked := noise(size), 0
		got, err := Gather[string](func(offset int) (Piece, error) {
			asked++
			answer := want
			if asked == 1 {
				answer = "an older " + want
			}
			piece, err := PieceOf(answer, offset)
			if message, _ := json.Marshal(piece); len(message) > 1<<20 {
				t.Errorf("a message of %d bytes", len(message))
			}
			return piece, err
		})
		if size < pieceSize {
			want = "an older " + want // came in one piece
		}
		if err != nil || got != want {
			t.Errorf("%d bytes: got %d in %d pieces, %v", len(want), len(got), asked, err)
		}
	}
	changing := 0
	if _, err := Gather[string](func(offset int) (Piece, error) {
		changing++
		return PieceOf(noise(2<<20)+strings.Repeat("x", changing), offset)
	}); err == nil {
		t.Error("an answer that always changes was read")
	}
}
