package coding

const (
	// sampledFrom is from how many bytes on a body is sampled before it is packed:
	// to pack one in vain would take its room again.
	sampledFrom = 4 << 20
	samples     = 16
	sampleBytes = 64 << 10
	// worthwhile is the part that packing must take off a sample.
	worthwhile = 1.0 / 16
)

// Shorten puts the content coding zstd on a body. It is false where that makes it
// no shorter; of a long one that is judged by samples. The same body gives the
// same bytes.
func Shorten(body []byte) ([]byte, bool) {
	room := usualRoom(body)
	if len(body) >= sampledFrom {
		left := sampled(body)
		if left > 1-worthwhile {
			return nil, false
		}
		room = int(float64(len(body)) * min(1, left+worthwhile))
	}
	packed := zstdEncoder().EncodeAll(body, make([]byte, 0, room))
	return packed, len(packed) < len(body)
}

// sampled is what part of a body is left when it is packed, by pieces from its
// begin to its end.
func sampled(body []byte) float64 {
	packed := 0
	for i := range samples {
		at := i * (len(body) - sampleBytes) / (samples - 1)
		packed += len(Zstd(body[at : at+sampleBytes]))
	}
	return float64(packed) / (samples * sampleBytes)
}
