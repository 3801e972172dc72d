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
	err = c.persist(ctx, "count what is left to import", func(ctx context.Context) error {
		queued, err := c.subjects(ctx, streamImport, importSubject(run))
		if left = queued[importSubject(run)]; err != nil || left > 0 {
			return err
		}
		// Behind it: what leaves the one is in the other before.
		waiting, err := c.subjects(ctx, streamLater, everySubject)
		for subject, n := range waiting {
			if subject == laterDue(news.StageArchive) || subject == laterAlone(news.StageArchive) || waitsInImport(subject, run) {
				left += n
			}
		}
		return err
	})
	return left, err
}

// waitsInImport says whether a record of an import waits for its time on a
// subject.
func waitsInImport(subject, run string) bool {
	id, ok := strings.CutPrefix(subject, laterAt(nil, run+"-"))
	return ok && !strings.ContainsAny(id, "-~")
}
