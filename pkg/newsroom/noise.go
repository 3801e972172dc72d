package newsroom

import (
	"encoding/base64"
	"math/rand/v2"
)

// noise is the given number of KiB of base64 that no compressor makes smaller
// than three quarters, the same every time. It stands for the state that some
// sites carry in a script, and makes a page too large for one message.
func noise(kib int) string {
	raw := make([]byte, kib<<10*3/4)
	rand.NewChaCha8([32]byte([]byte("the same bytes on every machine."))).Read(raw)
	return base64.StdEncoding.EncodeToString(raw)
}
