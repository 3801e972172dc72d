package stream

import (
	"slices"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/copydesk/copydesk/pkg/news"
)

// The streams and who reads them. Work queues lose a message when it is
// acknowledged; the others keep it until a limit is reached.
//
//	 frontier ──▶ FETCH ═══▶ fetcher ──▶ RAW ───▶ extractor ──▶ ARTICLE ───▶ indexer
//	              (queue)       │         │          │          SHADOW          │
//	                            │         └─────▶ archiver                      │
//	                            │      REPLAY ═══▶   │                          │
//	                            │      IMPORT ═══▶ archiver                     │
//	                            ├────────────────────┼──────────────────────────┤
//	   "again in a minute"      ▼                    ▼                          ▼
//	   LATER (queue)   at.<id> ─(clock)─▶ due.<stage> ═══▶ fetcher, extractor, indexer …
//	   "who killed it?"
//	   LATER           alone.<stage>, in hand when a worker died ═══▶ one at a time
//	   "not at all"
//	   DEAD            dead.<stage>, until somebody looks
//	   "so it went"
//	   EVENT           event.<stage>.<site> ───▶ journeys of all pages, frontier
//
//	═══▶ a work queue's only reader      ───▶ a durable reader among others
//
// Bodies and records that are too large for a message lie in two object
// stores, BODY and RECORD.
const (
	streamFetch   = "FETCH"
	streamLater   = "LATER"
	streamRaw     = "RAW"
	streamReplay  = "REPLAY"
	streamImport  = "IMPORT"
	streamArticle = "ARTICLE"
	streamShadow  = "SHADOW"
	streamDead    = "DEAD"
	streamEvent   = "EVENT"

	bucketBody   = "BODY"
	bucketRecord = "RECORD"
)

// Who reads the events: the journeys all of them, the frontier those of its
// jobs. And who reads the results of replays. They are no stages that a page
// passes, so nothing is told of their work, but what they cannot read is kept
// like all else.
const (
	stageJourney  news.Stage = "journey"
	stageFrontier news.Stage = "frontier"
	stageReplay   news.Stage = "replay"
)

// untold says that nothing is told of a stage's work: it is about what was told
// already, not about pages.
func untold(s news.Stage) bool {
	return s == stageJourney || s == stageFrontier || s == stageReplay
}

// Limit bounds a stream. In a [Topology] the zero value of a field stands for
// the design's limit; a negative one for none.
type Limit struct {
	Messages int64         `json:"messages"`
	Bytes    int64         `json:"bytes"`
	Age      time.Duration `json:"ageNs"`
}

// Topology holds what differs between one laptop and a cluster.
type Topology struct {
	// Replicas is how many servers keep each stream: 1, 3 or 5.
	Replicas int
	// Duplicates is how long a message's id is remembered. Every id is kept in
	// memory, about 165 bytes each, so it is minutes.
	Duplicates time.Duration

	Fetch, Replay, Import Limit // work queues, which refuse when they are full
	Raw, Article, Shadow  Limit
	Dead, Event           Limit
}

// DefaultTopology is that of one machine. The sizes are limits; no space is
// set aside for them.
func DefaultTopology() Topology {
	const (
		day      = 24 * time.Hour
		gigabyte = 1_000_000_000
	)
	return Topology{
		Replicas:   1,
		Duplicates: 2 * time.Minute,
		Fetch:      Limit{Messages: 100_000, Bytes: 256 << 20, Age: -1},
		Replay:     Limit{Messages: 2_000, Bytes: 1 << 30, Age: -1},
		Import:     Limit{Messages: 100_000, Bytes: 1 << 30, Age: -1},
		Raw:        Limit{Messages: -1, Bytes: 20 * gigabyte, Age: 14 * day},
		Article:    Limit{Messages: -1, Bytes: 10 * gigabyte, Age: 90 * day},
		Shadow:     Limit{Messages: -1, Bytes: 2 << 30, Age: 90 * day},
		Dead:       Limit{Messages: -1, Bytes: -1, Age: 30 * day},
		Event:      Limit{Messages: -1, Bytes: 2 << 30, Age: 7 * day},
	}
}

// filled is t with the design's values where t has none.
func (t Topology) filled() Topology {
	d := DefaultTopology()
	if t.Replicas == 0 {
		t.Replicas = d.Replicas
	}
	if t.Duplicates == 0 {
		t.Duplicates = d.Duplicates
	}
	for _, pair := range []struct{ have, other *Limit }{
		{&t.Fetch, &d.Fetch}, {&t.Replay, &d.Replay}, {&t.Import, &d.Import},
		{&t.Raw, &d.Raw}, {&t.Article, &d.Article}, {&t.Shadow, &d.Shadow},
		{&t.Dead, &d.Dead}, {&t.Event, &d.Event},
	} {
		pair.have.fill(*pair.other)
	}
	return t
}

func (l *Limit) fill(d Limit) {
	if l.Messages == 0 {
		l.Messages = d.Messages
	}
	if l.Bytes == 0 {
		l.Bytes = d.Bytes
	}
	if l.Age == 0 {
		l.Age = d.Age
	}
}

// streams is the configuration of every stream.
func (t Topology) streams() []jetstream.StreamConfig {
	noLimit := Limit{Messages: -1, Bytes: -1, Age: -1}

	// LATER has no limit: schedules cannot be combined with discard-new, and a
	// limit that discards the old would lose pages unseen.
	later := t.queue(streamLater, "messages that wait for their time", noLimit, "news.v1.later.at.*", "news.v1.later.due.*", "news.v1.later.alone.*")
	later.Discard = jetstream.DiscardOld
	later.AllowMsgSchedules = true

	return []jetstream.StreamConfig{
		t.queue(streamFetch, "pages to fetch", t.Fetch, "news.v1.fetch.*.*"),
		later,
		t.log(streamRaw, "pages as received, and those that are as they were", t.Raw, "news.v1.raw.*", "news.v1.unchanged.*"),
		t.queue(streamReplay, "pages to extract again", t.Replay, "news.v1.replay.*"),
		t.queue(streamImport, "records of other archives", t.Import, "news.v1.import.*"),
		compressed(t.log(streamArticle, "article records", t.Article, "news.v1.article.*.*", "news.v1.withdrawn.*.*")),
		compressed(t.log(streamShadow, "article records of runs", t.Shadow, "news.v1.shadow.>")),
		t.log(streamDead, "what could not be done", t.Dead, "news.v1.dead.*"),
		compressed(t.log(streamEvent, "what became of every page", t.Event, "news.v1.event.*.*")),
	}
}

// queue is a stream whose messages are done once, and which refuses new ones
// when it is full.
func (t Topology) queue(name, what string, l Limit, subjects ...string) jetstream.StreamConfig {
	s := t.log(name, what, l, subjects...)
	s.Retention = jetstream.WorkQueuePolicy
	s.Discard = jetstream.DiscardNew
	return s
}

// log is a stream that many may read, and which drops its oldest when full.
func (t Topology) log(name, what string, l Limit, subjects ...string) jetstream.StreamConfig {
	age := max(l.Age, 0)
	duplicates := t.Duplicates
	if age > 0 {
		duplicates = min(duplicates, age)
	}
	return jetstream.StreamConfig{
		Name:        name,
		Description: what,
		Subjects:    subjects,
		Retention:   jetstream.LimitsPolicy,
		Discard:     jetstream.DiscardOld,
		MaxMsgs:     l.Messages,
		MaxBytes:    l.Bytes,
		MaxAge:      age,
		Storage:     jetstream.FileStorage,
		Replicas:    t.Replicas,
		Duplicates:  duplicates,
		AllowDirect: true,
	}
}

// compressed has the server compress what is plain JSON.
func compressed(s jetstream.StreamConfig) jetstream.StreamConfig {
	s.Compression = jetstream.S2Compression
	return s
}

// buckets is the configuration of the object stores. An object is kept as long
// as any message that may name it: one that dies at the end of its age is a dead
// letter for that one's age.
func (t Topology) buckets() []jetstream.ObjectStoreConfig {
	return []jetstream.ObjectStoreConfig{{
		Bucket:      bucketBody,
		Description: "page bodies too large for a message, by capture",
		TTL:         inTurn(t.Raw.Age, t.Dead.Age),
		MaxBytes:    -1,
		Replicas:    t.Replicas,
	}, {
		Bucket:      bucketRecord,
		Description: "article records too large for a message, by revision",
		TTL:         inTurn(longest(t.Article.Age, t.Shadow.Age), t.Dead.Age),
		MaxBytes:    -1,
		Replicas:    t.Replicas,
	}}
}

// inTurn is how long ages last one after another, of which one that is not
// positive never ends; 0 if they never end.
func inTurn(ages ...time.Duration) time.Duration {
	var sum time.Duration
	for _, age := range ages {
		if age <= 0 {
			return 0
		}
		sum += age
	}
	return sum
}

// longest of two ages, as inTurn reads them.
func longest(a, b time.Duration) time.Duration {
	if a <= 0 || b <= 0 {
		return 0
	}
	return max(a, b)
}

// reader is one durable consumer.
type reader struct{ stream, name, filter string }

// everySubject is the filter of a reader of all that its stream holds.
const everySubject = ">"

// The readers. The filters of one work queue do not overlap. The first of a
// list is asked first.
var (
	fetchReaders = []reader{
		{streamLater, "fetch-later", laterDue(news.StageFetch)},
		{streamFetch, "fetch-fresh", fetchFilter(news.Fresh)},
		{streamFetch, "fetch-normal", fetchFilter(news.Normal)},
		{streamFetch, "fetch-backfill", fetchFilter(news.Backfill)},
	}
	pageReaders = []reader{
		{streamLater, "extract-later", laterDue(news.StageExtract)},
		{streamRaw, "extract", "news.v1.raw.*"},
	}
	// replayReaders are the extractors' second thought, behind pageReaders.
	replayReaders = []reader{
		{streamReplay, "extract-replay", "news.v1.replay.*"},
	}
	captureReaders = []reader{
		{streamLater, "archive-later", laterDue(news.StageArchive)},
		{streamImport, "archive-import", "news.v1.import.*"},
		{streamRaw, "archive", everySubject},
	}
	articleReaders = []reader{
		{streamLater, "index-later", laterDue(news.StageIndex)},
		{streamShadow, "index-import", shadowFilter(news.RunImport)},
		{streamArticle, "index", "news.v1.article.*.*"},
	}
	resultReaders = []reader{
		{streamLater, "replay-later", laterDue(stageReplay)},
		{streamShadow, "index-replay", shadowFilter(news.RunReplay)},
	}
	eventReaders = []reader{
		{streamLater, "journey-later", laterDue(stageJourney)},
		{streamEvent, "journey", "news.v1.event.*.*"},
	}
	frontierReaders = []reader{
		{streamLater, "frontier-later", laterDue(stageFrontier)},
		{streamEvent, "frontier", "news.v1.event." + string(news.StageFetch) + ".*"},
	}
)

// aloneReader is where a stage's messages are tried alone: those that were in
// hand when a worker died.
func aloneReader(s news.Stage) reader {
	return reader{streamLater, string(s) + "-alone", laterAlone(s)}
}

// workStages are all whose work comes by messages.
func workStages() []news.Stage {
	return []news.Stage{news.StageFetch, news.StageArchive, news.StageExtract, news.StageIndex, stageJourney, stageFrontier, stageReplay}
}

// readersOf are the readers by which a stage takes its work.
func readersOf(s news.Stage) []reader {
	own := map[news.Stage][]reader{
		news.StageFetch: fetchReaders, news.StageArchive: captureReaders, news.StageExtract: slices.Concat(pageReaders, replayReaders), news.StageIndex: articleReaders,
		stageJourney: eventReaders, stageFrontier: frontierReaders, stageReplay: resultReaders,
	}[s]
	return append(own[:len(own):len(own)], aloneReader(s))
}

func readers() []reader {
	var all []reader
	for _, stage := range workStages() {
		all = append(all, readersOf(stage)...)
	}
	return all
}

// maxAckPending is how many messages of one reader may be in hand, over all
// processes. It is no means of back-pressure: each worker asks for what it can
// do.
const maxAckPending = 10_000

// config of the reader. MaxDeliver is unlimited because the server would only
// stop delivering, and bury nothing: deliveries are counted here.
func (r reader) config(ackWait time.Duration) jetstream.ConsumerConfig {
	return jetstream.ConsumerConfig{
		Durable:       r.name,
		FilterSubject: r.filter,
		DeliverPolicy: jetstream.DeliverAllPolicy,
		AckPolicy:     jetstream.AckExplicitPolicy,
		AckWait:       ackWait,
		MaxDeliver:    -1,
		MaxAckPending: maxAckPending,
	}
}
