package stage

import "runtime"

// ballast is how much more garbage there may be, in bytes.
const ballast = 32 << 20

// Ballast has garbage collected less often until it is released. It is collected
// whenever what is in use has doubled, and extraction has little in use at a time:
// it would spend a tenth of its time on that. Ballast counts as in use and takes no
// memory, for nobody writes to it.
func Ballast() (release func()) {
	weight := make([]byte, ballast)
	return func() { runtime.KeepAlive(weight) }
}
