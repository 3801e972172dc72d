package stream

import "testing"

// Only attempts that ended with a fault of their own count against the limit.
func TestSpent(t *testing.T) {
	for _, tt := range []struct {
		name string
		d    delivery
		want int
	}{
		{"first", delivery{deliveries: 1}, 1},
		{"its worker died twice", delivery{deliveries: 3}, 1},
		{"set aside after a death", delivery{deliveries: 1, passage: passage{attempts: 1, origin: origin{Unsettled: 1}}}, 1},
		{"failed, then came again", delivery{deliveries: 1, passage: passage{attempts: 1}}, 2},
		{"died, failed, came again", delivery{deliveries: 1, passage: passage{attempts: 2, origin: origin{Forgiven: 1}}}, 2},
		{"tried again by an operator after five", delivery{deliveries: 1, passage: passage{attempts: 5, origin: origin{Forgiven: 5}}}, 1},
	} {
		if got := tt.d.spent(); got != tt.want {
			t.Errorf("%s: %d attempts spent, want %d", tt.name, got, tt.want)
		}
	}
}
