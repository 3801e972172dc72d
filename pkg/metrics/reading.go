package metrics

import (
	"context"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

const (
	// readingTimeout is how long a reading may take before the scrape goes on
	// without it. Prometheus gives up a scrape after 10 s.
	readingTimeout = 3 * time.Second
	// readingFresh is how long a reading is believed: several who ask cost the
	// broker no more than one.
	readingFresh = 5 * time.Second
)

// reading is a set of metrics that are read together when somebody asks.
type reading[T any] struct {
	name  string
	read  func(context.Context) (T, error)
	write func(chan<- prometheus.Metric, T)

	mu    sync.Mutex // held while it is read
	at    time.Time
	value T
	err   error
}

// add has values read at each scrape and told by write. Metrics that are not
// read in time are absent: an old number would look like a good one.
func add[T any](m *Metrics, name string, read func(context.Context) (T, error), write func(chan<- prometheus.Metric, T)) {
	m.registry.MustRegister(&reading[T]{name: name, read: read, write: write})
}

// Describe describes nothing: which series there are is known by reading.
func (r *reading[T]) Describe(chan<- *prometheus.Desc) {}

// Collect reads, unless that was done a moment ago.
func (r *reading[T]) Collect(to chan<- prometheus.Metric) {
	value, err := r.fresh()
	success := 0.0
	if err == nil {
		success = 1
		r.write(to, value)
	}
	gauge(to, readingSuccess, success, r.name)
}

func (r *reading[T]) fresh() (T, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.at.IsZero() && time.Since(r.at) < readingFresh {
		return r.value, r.err
	}
	ctx, cancel := context.WithTimeout(context.Background(), readingTimeout)
	defer cancel()
	r.value, r.err = r.read(ctx)
	r.at = time.Now()
	return r.value, r.err
}

func gauge[N int | int64 | uint64 | float64](to chan<- prometheus.Metric, d *prometheus.Desc, n N, labels ...string) {
	to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, float64(n), labels...)
}
