package stream

import (
	"slices"
	"testing"
)

// Comparing makes nothing: on an empty broker all is absent, twice.
func TestCompareMakesNothing(t *testing.T) {
	t.Parallel()
	c := connect(t, Config{Server: startServer(t, ServerOptions{})})
	absent := len(c.cfg.Topology.streams()) + len(c.cfg.Topology.buckets())
	for range 2 {
		got, err := c.Compare(t.Context())
		if err != nil || len(got) != absent || !slices.Contains(got, Difference{Stream: "RAW", Setting: "stream", Have: "absent", Want: "there"}) {
			t.Fatalf("on an empty broker: %v, %v, want %d absent", got, err, absent)
		}
	}
	setUp(t, c)
	if err := c.js.DeleteConsumer(t.Context(), "RAW", "extract"); err != nil {
		t.Fatal(err)
	}
	got, err := c.Compare(t.Context())
	if want := []Difference{{Stream: "RAW", Reader: "extract", Setting: "reader", Have: "absent", Want: "there"}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("without a reader: %v, %v, want %v", got, err, want)
	}
}
