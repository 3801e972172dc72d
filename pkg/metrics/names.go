package metrics

import "github.com/prometheus/client_golang/prometheus"

// What is counted as it happens.
var (
	outcomes = prometheus.CounterOpts{
		Name: "copydesk_outcomes_total",
		Help: "Pages that a stage ended its work on, by what it made of them; retry is not the end of a page.",
	}
	work = prometheus.HistogramOpts{
		Name:    "copydesk_work_duration_seconds",
		Help:    "Time from taking a message into hand until it was settled.",
		Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60},
	}
	inHand = prometheus.GaugeOpts{
		Name: "copydesk_messages_in_hand",
		Help: "Messages that this process works on.",
	}
	pauses = prometheus.CounterOpts{
		Name: "copydesk_publish_pauses_total",
		Help: "Times that this process began to hold back messages because the stream's reader is far behind.",
	}
	paused = prometheus.GaugeOpts{
		Name: "copydesk_publish_paused",
		Help: "Whether this process holds back messages because the stream's reader is far behind.",
	}
	responses = prometheus.CounterOpts{
		Name: "copydesk_fetch_responses_total",
		Help: "Requests to web servers, by the class of the answer's status; none where no answer came.",
	}
	received = prometheus.CounterOpts{
		Name: "copydesk_fetch_received_bytes_total",
		Help: "Bytes of bodies received from web servers, as they came.",
	}
)

// What is read when somebody asks.
var (
	readingSuccess = desc("copydesk_reading_success", "Whether the numbers of this kind could be read just now; if not, they are absent.", "reading")
	partReady      = desc("copydesk_part_ready", "Whether the part can do its work; /readyz says what it waits for.", "part")

	streamMessages = desc("copydesk_stream_messages", "Messages that the stream holds.", "stream")
	streamBytes    = desc("copydesk_stream_bytes", "Bytes that the stream holds.", "stream")
	streamLimit    = desc("copydesk_stream_limit_bytes", "Bytes that the stream may hold; absent where it has no limit.", "stream")
	deadLetters    = desc("copydesk_dead_letters", "Messages in the dead stream, by the stage that gave them up.", "stage")

	readerPending     = desc("copydesk_reader_pending_messages", "Messages that the reader was never given.", "stream", "reader", "stage")
	readerInHand      = desc("copydesk_reader_in_hand_messages", "Messages that the reader was given, in any process, and that are not settled.", "stream", "reader", "stage")
	readerRedelivered = desc("copydesk_reader_redelivered_messages", "Messages in hand that were given out more than once: a worker died or hung.", "stream", "reader", "stage")
	readerOldest      = desc("copydesk_reader_oldest_seconds", "Age of the oldest message that is not settled, 0 if there is none. Only the indexer and a whole desk tell it.", "stream", "reader", "stage")

	frontierURLs  = desc("copydesk_frontier_urls", "URLs in the frontier, by state.", "state")
	frontierHosts = desc("copydesk_frontier_waiting_hosts", "Hosts that have URLs waiting in the frontier.")

	sources = desc("copydesk_sources", "Sources by state; the silent are among the active.", "state")

	siteRules        = desc("copydesk_site_rules", "Rules for single sites that hold.")
	siteRulesRefused = desc("copydesk_site_rules_refused", "Whether the file of site rules as it is now was not taken; the log and copydesk status say why.")

	indexStories   = desc("copydesk_index_stories", "Stories kept as rows.")
	indexRevisions = desc("copydesk_index_revisions", "Revisions of stories kept as rows.")
	searchLag      = desc("copydesk_search_lag_rows", "Rows that search has not taken up yet.")
	visits         = desc("copydesk_visits", "Visits by where they stand, from the journeys: the truth about what became of every page.", "stage", "outcome", "reason")

	archiveCaptures = desc("copydesk_archive_captures", "Captures in the archive.")
	archiveRevisits = desc("copydesk_archive_revisits", "Captures in the archive whose body is in an earlier one.")
	archiveSegments = desc("copydesk_archive_segments", "Files of the archive.")
	archiveBytes    = desc("copydesk_archive_bytes", "Size of the files of the archive together.")

	archiveWaitingFiles = desc("copydesk_archive_waiting_files", "Closed files of the archive that the S3 store does not have yet; 0 where none is used.")
	archiveWaitingBytes = desc("copydesk_archive_waiting_bytes", "Size of the closed files of the archive that the S3 store does not have yet.")
	archiveWaiting      = desc("copydesk_archive_waiting_seconds", "How long the first of them has waited, 0 if there is none.")
	archiveDiskFree     = desc("copydesk_archive_disk_free_bytes", "Space left to this process on the disk of the archive.")
	archiveDiskSize     = desc("copydesk_archive_disk_size_bytes", "Size of the disk of the archive.")

	dataFree = desc("copydesk_data_free_bytes", "Space left to this process on the disk of its data folder.")
	dataSize = desc("copydesk_data_size_bytes", "Size of the disk of the data folder.")
)

func desc(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(name, help, labels, nil)
}
