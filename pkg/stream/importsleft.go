package stream

import (
	"context"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
)

// ImportsLeft is how many records of a run the archive has neither taken nor given
// up. Of what comes again just now it is not known of which run it is: it counts,
// for as long as it is there.
func (c *Conn) ImportsLeft(ctx context.Context, run string) (left uint64, err error) {
	all, err := c.importsLeft(ctx, run)
	if all.queued > 0 {
		return all.queued, err
	}
	return all.again + all.awaiting, err
}

// MoreToImport says whether there may be records of a run besides those that wait
// for others. Of what comes again so many are in hand; what is in hand for the first
// time is more.
func (c *Conn) MoreToImport(ctx context.Context, run string, inHand int) (bool, error) {
	all, err := c.importsLeft(ctx, run)
	return all.queued > 0 || all.again > uint64(inHand), err
}

// importsLeft are the records of a run that are in IMPORT, and if there are none
// those that come again, now or later, and apart from them those that wait for
// others of the run, and are not tried just now.
type importsLeft struct{ queued, again, awaiting uint64 }

func (c *Conn) importsLeft(ctx context.Context, run string) (left importsLeft, err error) {
	queued, err := c.subjects(ctx, streamImport, importSubject(run))
	left.queued = queued[importSubject(run)]
	if err != nil || left.queued > 0 {
		return left, err
	}
	// Behind it: what leaves the one is in the other before.
	waiting, err := c.subjects(ctx, streamLater, everySubject)
	for subject, n := range waiting {
		switch {
		case subject == laterDue(news.StageArchive), subject == laterAlone(news.StageArchive), waitsInImport(subject, run+"-"):
			left.again += n
		case waitsInImport(subject, run+"+"):
			left.awaiting += n
		}
	}
	return left, err
}

// waitsInImport says whether a record of an import waits for its time on a
// subject: its name begins with the run and how it waits.
func waitsInImport(subject, begin string) bool {
	id, ok := strings.CutPrefix(subject, laterAt(nil, begin))
	return ok && !strings.ContainsAny(id, "-+~")
}
