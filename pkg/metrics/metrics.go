package metrics

import (
	"net/http"
	"runtime"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/copydesk/copydesk/pkg/fetch"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/stream"
)

var (
	_ stream.Observer = (*Metrics)(nil)
	_ fetch.Observer  = (*Metrics)(nil)
)

// Metrics are those of one process.
type Metrics struct {
	registry *prometheus.Registry

	outcomes  *prometheus.CounterVec
	work      *prometheus.HistogramVec
	inHand    *prometheus.GaugeVec
	pauses    *prometheus.CounterVec
	paused    *prometheus.GaugeVec
	responses *prometheus.CounterVec
	received  prometheus.Counter
}

// New makes the metrics of a process of the program, in that version, which
// does the work of stages.
func New(program, version string, stages ...news.Stage) *Metrics {
	m := &Metrics{
		registry:  prometheus.NewRegistry(),
		outcomes:  prometheus.NewCounterVec(outcomes, []string{"stage", "outcome", "reason"}),
		work:      prometheus.NewHistogramVec(work, []string{"stage"}),
		inHand:    prometheus.NewGaugeVec(inHand, []string{"stage"}),
		pauses:    prometheus.NewCounterVec(pauses, []string{"stream"}),
		paused:    prometheus.NewGaugeVec(paused, []string{"stream"}),
		responses: prometheus.NewCounterVec(responses, []string{"class"}),
		received:  prometheus.NewCounter(received),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "copydesk_build_info", Help: "Which Copydesk this is; always 1.",
		ConstLabels: prometheus.Labels{"program": program, "version": version, "goversion": runtime.Version()},
	})
	build.Set(1)
	m.registry.MustRegister(build, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		m.outcomes, m.work, m.inHand, m.pauses, m.paused)
	for _, stage := range stages {
		m.expect(stage)
	}
	return m
}

// expect has the series of a stage begin at 0. Prometheus sees no increase in a
// counter that appears with 1, and the first death is the one to be told of.
func (m *Metrics) expect(stage news.Stage) {
	m.work.WithLabelValues(string(stage))
	m.inHand.WithLabelValues(string(stage))
	m.outcomes.WithLabelValues(string(stage), string(news.Done), "")
	m.outcomes.WithLabelValues(string(stage), string(news.Unchanged), "")
	for _, reason := range news.Reasons {
		m.outcomes.WithLabelValues(string(stage), string(news.Dead), string(reason))
	}
	if stage == news.StageFetch {
		m.registry.MustRegister(m.responses, m.received)
		for _, class := range []string{"none", "2xx", "3xx", "4xx", "5xx"} {
			m.responses.WithLabelValues(class)
		}
	}
}

// Handler answers with the metrics as they are.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		ErrorHandling:       promhttp.ContinueOnError, // a part is better than nothing
		MaxRequestsInFlight: 4,
	})
}

// Settled counts what became of a message, and how long that took.
func (m *Metrics) Settled(stage news.Stage, outcome news.Outcome, reason news.Reason, took time.Duration) {
	m.outcomes.WithLabelValues(string(stage), string(outcome), string(reason)).Inc()
	m.work.WithLabelValues(string(stage)).Observe(took.Seconds())
}

// Taken counts messages that are taken into hand, and with a negative number
// those that are in hand no longer.
func (m *Metrics) Taken(stage news.Stage, messages int) {
	m.inHand.WithLabelValues(string(stage)).Add(float64(messages))
}

// Paused says whether messages of a stream are held back from now on.
func (m *Metrics) Paused(stream string, is bool) {
	now, begun := m.paused.WithLabelValues(stream), m.pauses.WithLabelValues(stream)
	if !is {
		now.Set(0)
		return
	}
	now.Set(1)
	begun.Inc()
}

// Answered counts an answer of a web server; its status is 0 if none came.
func (m *Metrics) Answered(status int, bytes int64) {
	class := "none"
	if status > 0 {
		class = strconv.Itoa(status/100) + "xx"
	}
	m.responses.WithLabelValues(class).Inc()
	m.received.Add(float64(bytes))
}
