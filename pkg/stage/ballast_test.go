package stage

import (
	"runtime"
	"testing"
)

func TestBallastLetsGarbageLie(t *testing.T) {
	release := Ballast()
	defer release()
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	if memory.NextGC < 2*ballast {
		t.Errorf("garbage is collected at %d bytes, should not be before %d", memory.NextGC, 2*ballast)
	}
}
