package news

// Stage is one of the services that a page passes.
type Stage string

// The stages, in the order in which a page passes them. The archive stands
// beside the way: it gets what is fetched, and what it makes of a page is no end
// of the page's visit.
const (
	StageFetch   Stage = "fetch"
	StageArchive Stage = "archive"
	StageExtract Stage = "extract"
	StageIndex   Stage = "index"
)

// Stages holds all stages in order.
var Stages = []Stage{StageFetch, StageArchive, StageExtract, StageIndex}

// Beside says that a page is handed on whatever the stage makes of it.
func (s Stage) Beside() bool { return s == StageArchive }

// Outcome is how a stage ended its work on a page.
type Outcome string

// The outcomes. Every page has exactly one final outcome; see [Event.Final].
const (
	Done      Outcome = "done"      // handed on, or at the last stage: kept
	Unchanged Outcome = "unchanged" // known already
	Skipped   Outcome = "skipped"   // rightly not taken further
	Retrying  Outcome = "retry"     // will be tried again; never final
	Dead      Outcome = "dead"      // given up, kept in the dead stream
)

// Reason says why an outcome is not [Done]. The list is closed: metrics and
// alarms are built on it.
type Reason string

// Reasons of the fetch stage.
const (
	NotFound        Reason = "notFound"        // 404, 410
	Forbidden       Reason = "forbidden"       // 401, 403, 451
	ClientError     Reason = "clientError"     // any other 4xx
	ServerError     Reason = "serverError"     // 5xx
	TooManyRequests Reason = "tooManyRequests" // 429
	Robots          Reason = "robots"          // refused by robots.txt (RFC 9309)
	PrivateAddress  Reason = "privateAddress"  // the name leads into a private network
	BadURL          Reason = "badUrl"          // not an http or https URL
	NoHost          Reason = "noHost"          // the name does not resolve
	Connect         Reason = "connect"         // no connection, TLS included
	BadCertificate  Reason = "badCertificate"  // TLS: the host cannot prove its name
	BrokenAnswer    Reason = "brokenAnswer"    // no HTTP, or it ends too early
	Timeout         Reason = "timeout"         // a deadline passed
	RedirectLoop    Reason = "redirectLoop"    // more hops than allowed
	NotHTML         Reason = "notHtml"         // a type that holds no article
	Empty           Reason = "empty"           // no bytes
	BadEncoding     Reason = "badEncoding"     // the body cannot be decoded
	HeaderTooLarge  Reason = "headerTooLarge"  // the response header passes the limit
	HostBusy        Reason = "hostBusy"        // politeness: the host's turn is later
)

// Reasons of the archive stage.
const (
	NotArchived Reason = "notArchived" // what has its body is not in the archive, or was lost from it
)

// Reasons of the extract stage.
const (
	NotArticle  Reason = "notArticle"  // a readable page without a story
	HomePage    Reason = "homePage"    // the front page of a site
	SectionPage Reason = "sectionPage" // a list of stories: section, tag, search
	GalleryPage Reason = "galleryPage" // a set of pictures without a story
	ConsentWall Reason = "consentWall" // a question about cookies stands in the way
	BotWall     Reason = "botWall"     // a check for robots stands in the way
	ErrorPage   Reason = "errorPage"   // an error, served as if it were a page
	NoText      Reason = "noText"      // nothing to read
)

// Reasons of any stage.
const (
	Malformed Reason = "malformed" // the message cannot be read
	TooLarge  Reason = "tooLarge"  // over a size limit
	Poison    Reason = "poison"    // its worker died of it, again and again
	Exhausted Reason = "exhausted" // tried as often as allowed
	Internal  Reason = "internal"  // our own fault
	Dropped   Reason = "dropped"   // an operator dropped it from the dead stream
	Expired   Reason = "expired"   // left unread past its stream's limits
	TakenDown Reason = "takenDown" // an operator had it deleted, and it is older than that
)

// Reasons holds every reason.
var Reasons = []Reason{
	NotFound, Forbidden, ClientError, ServerError, TooManyRequests, Robots, PrivateAddress, BadURL,
	NoHost, Connect, BadCertificate, BrokenAnswer, Timeout, RedirectLoop, NotHTML, Empty, BadEncoding, HeaderTooLarge, HostBusy,
	NotArchived,
	NotArticle, HomePage, SectionPage, GalleryPage, ConsentWall, BotWall, ErrorPage, NoText,
	Malformed, TooLarge, Poison, Exhausted, Internal, Dropped, Expired, TakenDown,
}
