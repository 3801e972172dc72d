package api

import (
	"encoding/json"
	"fmt"

	"github.com/copydesk/copydesk/pkg/coding"
	"github.com/copydesk/copydesk/pkg/news"
)

// Piece is a part of an answer that may be longer than the broker's messages:
// its JSON in the content coding zstd, cut. [Gather] puts pieces together.
type Piece struct {
	// Digest is of the whole, and the same in all its pieces.
	Digest string `json:"digest"`
	// Size is the length of the whole in bytes, Offset where Data begins in it.
	Size   int    `json:"size"`
	Offset int    `json:"offset"`
	Data   []byte `json:"data"`
}

const (
	// pieceSize fits into a message of 1 MiB when it is written in base64.
	pieceSize = 512 << 10
	// gatherLimit is the longest answer that is put together, in JSON.
	gatherLimit = 256 << 20
	// gatherTries is how often Gather begins again where the answer changes
	// between two pieces.
	gatherTries = 5
)

// PieceOf is the piece of an answer that begins at offset.
func PieceOf(answer any, offset int) (Piece, error) {
	text, err := json.Marshal(answer)
	if err != nil {
		return Piece{}, err
	}
	whole := coding.Zstd(text)
	if offset < 0 || offset > len(whole) {
		return Piece{}, BadQuestion(fmt.Errorf("offset %d of an answer of %d bytes", offset, len(whole)))
	}
	return Piece{
		Digest: news.Digest(whole), Size: len(whole), Offset: offset,
		Data: whole[offset:min(offset+pieceSize, len(whole))],
	}, nil
}

// Gather asks for the pieces of an answer, from the first on, and reads the
// whole. It begins again where the answer changed meanwhile.
func Gather[Answer any](ask func(offset int) (Piece, error)) (answer Answer, err error) {
	for range gatherTries {
		whole, same, err := gather(ask)
		if err != nil {
			return answer, err
		}
		if !same {
			continue
		}
		text, err := coding.Decode(whole, "zstd", gatherLimit)
		if err != nil {
			return answer, fmt.Errorf("read the answer: %w", err)
		}
		if err := json.Unmarshal(text, &answer); err != nil {
			return answer, fmt.Errorf("read the answer: %w", err)
		}
		return answer, nil
	}
	return answer, fmt.Errorf("the answer changed %d times while it was read: ask again", gatherTries)
}

// gather asks for all pieces of one answer; same is false where it changed.
func gather(ask func(offset int) (Piece, error)) (whole []byte, same bool, err error) {
	digest := ""
	for {
		piece, err := ask(len(whole))
		switch {
		case err != nil && len(whole) > 0:
			return nil, false, fmt.Errorf("after %d bytes: %w", len(whole), err)
		case err != nil:
			return nil, false, err
		case len(whole) > 0 && piece.Digest != digest:
			return nil, false, nil
		case piece.Offset != len(whole) || len(piece.Data) == 0:
			return nil, false, fmt.Errorf("the piece at %d of %d bytes is missing", len(whole), piece.Size)
		}
		digest = piece.Digest
		if whole = append(whole, piece.Data...); len(whole) >= piece.Size {
			return whole, true, nil
		}
	}
}
