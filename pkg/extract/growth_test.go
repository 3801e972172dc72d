package extract_test

import (
	"runtime"
	"runtime/debug"
	"testing"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/extract/bulk"
)

// TestGrowth says that a page of eight times the size takes at most about eight
// times the memory, whatever its shape. The command in bench says the same of
// time.
func TestGrowth(t *testing.T) {
	const small, times, slack, spare = 32 << 10, 8, 1.5, 4 << 20
	allocated(bulk.Shapes()[0], small) // what is made once
	for _, shape := range bulk.Shapes() {
		t.Run(shape.Name, func(t *testing.T) {
			before, after := allocated(shape, small), allocated(shape, small*times)
			if after > before*times*slack+spare {
				t.Errorf("%.1f MB for %d kB, but %.1f MB for %d kB", before/1e6, small>>10, after/1e6, small*times>>10)
			}
		})
	}
}

// allocated is how many bytes are allocated on the way to the record of a page.
// What pools keep, as those of regular expressions do, would be counted or not as
// the collector pleases: it empties them before, and rests meanwhile.
func allocated(shape bulk.Shape, size int) float64 {
	in := extract.Input{Body: shape.Page(size), ContentType: "text/html", URL: "https://orm.example/2026/well-1"}
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	runtime.GC()
	runtime.GC() // a pool lasts through one collection
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, _ = extract.Extract(in)
	runtime.ReadMemStats(&after)
	return float64(after.TotalAlloc - before.TotalAlloc)
}
