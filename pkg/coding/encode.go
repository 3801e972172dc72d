package coding

import (
	"sync"

	"github.com/klauspost/compress/zstd"
)

// Zstd puts the content coding zstd on a body. The same body gives the same
// bytes.
func Zstd(body []byte) []byte {
	return zstdEncoder().EncodeAll(body, make([]byte, 0, usualRoom(body)))
}

// usualRoom is what most bodies take when they are packed, in bytes.
func usualRoom(body []byte) int { return len(body)/4 + 64 }

// zstdEncoder is shared: EncodeAll keeps nothing from one call to the next, and
// the tables of an encoder take megabytes. Its window is below [zstdWindow]. The
// next level takes half as long again, for pages that become no smaller.
var zstdEncoder = sync.OnceValue(func() *zstd.Encoder {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(zstdWindow/2))
	if err != nil {
		panic(err) // only a wrong constant above can cause it
	}
	return encoder
})
