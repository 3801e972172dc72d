package extract_test

import "testing"

// textFaults is how many of the texts may have a field wrong. It only goes down.
var textFaults = map[string]int{
	"Authors": 3,
	"Deck":    1,
	"Images":  1,
	"Kicker":  3,
}

// TestTexts counts what is found wrong in invented texts of pages: WET records,
// copies in archives, of wires and of printed newspapers, a newsletter. They
// were written, with what a careful reader finds in them, before the rules that
// read them.
func TestTexts(t *testing.T) { countFaults(t, "texts", ".txt", textFaults) }
