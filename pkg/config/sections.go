package config

import (
	"runtime"
	"time"

	"github.com/alecthomas/kong"
)

// Settings holds every section. A command embeds those that it needs, with the
// same tags, so that a setting has one name everywhere.
type Settings struct {
	Common
	NATS    NATS    `embed:"" prefix:"nats-" group:"NATS"`
	Stream  Stream  `embed:"" prefix:"stream-" group:"Streams"`
	Fetch   Fetch   `embed:"" prefix:"fetch-" group:"Fetching"`
	Extract Extract `embed:"" prefix:"extract-" group:"Extraction"`
	Index   Index   `embed:"" prefix:"index-" group:"Indexing"`
	Archive Archive `embed:"" prefix:"archive-" group:"Archive"`
	HTTP    HTTP    `embed:"" prefix:"http-" group:"Health"`
	Trace   Trace   `embed:"" prefix:"trace-" group:"Traces"`
}

// Common is what every command takes.
type Common struct {
	Data string `help:"Data folder." type:"path" placeholder:"DIR" default:"${data}" group:"Common"`
	// Config is read before everything else; see file.go.
	Config string `help:"YAML file with settings." type:"existingfile" placeholder:"FILE" group:"Common"`
	Log    Log    `embed:"" prefix:"log-" group:"Common"`
}

// Log says how much is logged and how.
type Log struct {
	Level  string `help:"Least level that is logged: ${enum}." enum:"debug,info,warn,error" default:"info"`
	Format string `help:"Log format: ${enum}; auto is console on a terminal." enum:"auto,console,json" default:"auto"`
}

// NATS is the address of a NATS server and the proof of who we are.
type NATS struct {
	URL      string `help:"NATS server, else the running copydesk of the data folder." aliases:"nats" env:"COPYDESK_NATS_URL,NATS_URL" placeholder:"nats://…"`
	Creds    string `help:"Credentials file (JWT and seed)." type:"path" placeholder:"FILE"`
	NKey     string `help:"NKey seed file." name:"nkey" type:"path" placeholder:"FILE"`
	User     string `help:"User."`
	Password Secret `help:"Password of the user; better as a variable than as a flag." placeholder:"PASSWORD"`
	Token    Secret `help:"Token; better as a variable than as a flag." placeholder:"TOKEN"`
	CA       string `help:"Certificate authority of the server." name:"ca" type:"path" placeholder:"FILE"`
	Cert     string `help:"Client certificate." type:"path" placeholder:"FILE"`
	Key      string `help:"Key of the client certificate." type:"path" placeholder:"FILE"`
	// From is the variable or the place in the file that URL came from, empty
	// for the flag.
	From string `kong:"-"`
}

// AfterApply notes where the address stands, for those who are told that it is
// wrong.
func (n *NATS) AfterApply(f *file, ctx *kong.Context) error {
	n.From = f.origin(ctx, "nats-url")
	return nil
}

// Stream bounds streams and attempts. Existing streams are only changed
// by "copydesk streams apply".
type Stream struct {
	Replicas     Count         `help:"Copies of every stream in a NATS cluster: 1, 3 or 5." default:"1"`
	RawBytes     Bytes         `help:"Most bytes of raw pages." default:"20GB" placeholder:"SIZE"`
	RawAge       time.Duration `help:"How long raw pages are kept." default:"336h"`
	ArticleBytes Bytes         `help:"Most bytes of article messages." default:"10GB" placeholder:"SIZE"`
	ArticleAge   time.Duration `help:"How long article messages are kept." default:"2160h"`
	FetchJobs    Count         `help:"Most jobs in the fetch queue." default:"100000"`
	AckWait      time.Duration `help:"Silence after which a message goes to another worker." default:"60s"`
	RetryBase    time.Duration `help:"Wait before the second attempt; each further wait is four times the one before." default:"5s"`
	MaxAttempts  Count         `help:"Attempts before a message goes to the dead stream." default:"5"`
	Sync         string        `help:"How often the embedded broker flushes to the disk: ${enum}. What was not flushed is lost with the power, not with the process." default:"2m" enum:"always,1s,10s,1m,2m"`
}

// Fetch bounds fetching.
type Fetch struct {
	Only         bool              `help:"Only fetch what another fetcher's frontier sends: one a broker has a frontier, any number may help."`
	Workers      Count             `help:"Pages fetched at a time." default:"16"`
	UserAgent    string            `help:"User-Agent: a name and a way to reach you." default:"copydesk/${version} (+https://github.com/copydesk/copydesk)" placeholder:"TEXT"`
	Timeout      time.Duration     `help:"Longest time for one page, at most 45s." default:"45s"`
	BodyLimit    Bytes             `help:"Longest body; the rest is cut and said to be." default:"10MB" placeholder:"SIZE"`
	HostDelay    time.Duration     `help:"Least pause between two pages of one host." default:"1s"`
	AllowPrivate bool              `help:"Fetch from private and loopback addresses too."`
	Resolver     string            `help:"DNS server to ask instead of the system's." placeholder:"IP:PORT"`
	Poll         Poll              `embed:"" prefix:"poll-"`
	Hosts        map[string]string `help:"Where to find hosts, past DNS." placeholder:"HOST=IP:PORT" hidden:""`
}

// Poll bounds how often sources such as feeds are asked what is new.
type Poll struct {
	Every time.Duration `help:"How often a source is polled of which nothing is known; more often where more comes, less where nothing does." default:"15m"`
	Least time.Duration `help:"Least time between two polls of a source that were not told otherwise." default:"5m"`
	Most  time.Duration `help:"Most time between two polls of a source." default:"24h"`
	Age   time.Duration `help:"How old pages of a sitemap may be by the dates it states; 0 for any age." default:"720h"`
}

// Extract bounds extraction.
type Extract struct {
	Workers Count `help:"Pages extracted at a time; 0 for one a core." default:"0"`
	// PageLimit bounds what a compressed body may unfold to.
	PageLimit Bytes `help:"Longest page after decompression." default:"32MB" placeholder:"SIZE"`
	SiteRules
}

// SiteRules names the rules of single sites. The variable without "EXTRACT" is
// for who measures: off is off everywhere.
type SiteRules struct {
	SiteRules string `help:"YAML file of rules for single sites, read again when it changes; \"off\" for none." aliases:"site-rules" env:"COPYDESK_SITE_RULES,COPYDESK_EXTRACT_SITE_RULES" default:"off" placeholder:"FILE"`
}

// RulesFile is the file of site rules, empty for none.
func (s SiteRules) RulesFile() string {
	if s.SiteRules == "off" {
		return ""
	}
	return s.SiteRules
}

// PageWorkers is the number of pages extracted at a time.
func (e Extract) PageWorkers() int {
	if e.Workers > 0 {
		return int(e.Workers)
	}
	return runtime.GOMAXPROCS(0)
}

// Index bounds indexing.
type Index struct {
	Batch Count         `help:"Most articles in one commit." default:"200"`
	Wait  time.Duration `help:"Longest wait for a batch to fill." default:"200ms"`
}

// Archive bounds the archive, which the indexer keeps.
type Archive struct {
	Off         bool          `help:"Keep no pages as they came."`
	Compression string        `help:"How records are compressed: ${enum}." enum:"gzip,zstd" default:"gzip"`
	SegmentSize Bytes         `help:"Size at which a file of the archive is closed and the next begun." default:"1GB" placeholder:"SIZE"`
	SegmentAge  time.Duration `help:"Age at which a file of the archive is closed and the next begun." default:"24h"`
	MinFree     Bytes         `help:"Room that the archive leaves on the disk: with less, pages wait in their stream." default:"1GB" placeholder:"SIZE"`
	Keep        time.Duration `help:"How long captures are kept; 0 for ever. Articles stay." default:"0"`
	KeepSites   Ages          `help:"How long those of single sites are kept: news.example=2160h,other.example=0." placeholder:"SITE=AGE,…"`
	S3          S3            `embed:"" prefix:"s3-"`
}

// S3 is a bucket of an S3-compatible store, to which closed files of the archive
// are brought. Its variables are named here, for kong would write S_3.
type S3 struct {
	Endpoint  string `help:"Address of an S3-compatible store that closed files are brought to; they stay in the data folder without." env:"COPYDESK_ARCHIVE_S3_ENDPOINT" placeholder:"URL"`
	Bucket    string `help:"Bucket in the store, which must be there." env:"COPYDESK_ARCHIVE_S3_BUCKET"`
	Region    string `help:"Region that the store signs for; some have none." env:"COPYDESK_ARCHIVE_S3_REGION"`
	Folder    string `help:"What the names of all files in the bucket begin with; nothing for a bucket of its own." env:"COPYDESK_ARCHIVE_S3_FOLDER" placeholder:"NAME"`
	AccessKey string `help:"Access key; without one AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are read." env:"COPYDESK_ARCHIVE_S3_ACCESS_KEY" placeholder:"KEY"`
	SecretKey Secret `help:"Secret of the access key; better as a variable than as a flag." env:"COPYDESK_ARCHIVE_S3_SECRET_KEY" placeholder:"SECRET"`
}

// HTTP is the address of the health listener.
type HTTP struct {
	Listen string `help:"Address of /healthz, /readyz and /metrics; \"off\" for none." default:"${http}" placeholder:"HOST:PORT"`
}

// Trace says where OpenTelemetry traces go.
type Trace struct {
	Endpoint string  `help:"OTLP/HTTP receiver of traces, such as http://127.0.0.1:4318; none are made without." placeholder:"URL"`
	Ratio    float64 `help:"Part of all pages that is traced, 0 to 1." default:"1"`
}
