package stage

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/intake"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/stream"
	"github.com/copydesk/copydesk/pkg/warc"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// Importer reads other people's files of pages and sends to the archive what
// they hold. It runs where the files are.
type Importer struct {
	Conn *stream.Conn
	// Run is the import's name.
	Run string
	// Reject is told what cannot be imported, and why.
	Reject func(place string, why error) error
	// Passed is told how far a source is, when the broker has all that is before.
	Passed func(Imported) error
}

// Imported is how far the reading of a source is.
type Imported struct {
	// Next is where it goes on, Done about how many of its bytes lie before.
	Next intake.Place `json:"next"`
	Done int64        `json:"done"`
	// Sent counts the captures that were sent to the archive, Rejected what
	// cannot be imported.
	Sent     int64 `json:"sent"`
	Rejected int64 `json:"rejected"`
	// Others counts by type the records that hold no page.
	Others map[string]int64 `json:"others,omitempty"`
}

// Read reads a source from where it was left, to its end.
func (i *Importer) Read(ctx context.Context, source *intake.Source, name string, from Imported) error {
	if from.Others == nil {
		from.Others = map[string]int64{}
	}
	group, ctx := errgroup.WithContext(ctx)
	loads := make(chan load) // one is read while another is sent
	group.Go(func() error {
		defer close(loads)
		return i.gather(ctx, source, name, from, loads)
	})
	group.Go(func() error {
		refused := int64(0) // of all loads: what is passed counts them as sent
		for l := range loads {
			rejects, err := i.send(ctx, l.records)
			if err != nil {
				return err
			}
			refused += int64(len(rejects))
			l.passed.Sent -= refused
			l.passed.Rejected += refused
			if err := i.tell(l.passed, append(l.rejects, rejects...)); err != nil {
				return err
			}
		}
		return nil
	})
	return group.Wait()
}

// load is some of a source, read and to be sent.
type load struct {
	records []*news.Record
	bytes   int
	rejects []reject
	// passed is how far the source is when it is sent.
	passed Imported
}

type reject struct {
	place string
	why   error
}

// The size of a load, in records and bytes: so much is sent again after a crash.
const (
	loadRecords = 128
	loadBytes   = 8 << 20
)

func (l *load) full() bool {
	return len(l.records)+len(l.rejects) >= loadRecords || l.bytes >= loadBytes
}

// gather reads a source load by load.
func (i *Importer) gather(ctx context.Context, source *intake.Source, name string, from Imported, to chan<- load) error {
	l := load{passed: from}
	hand := func(done int64) error {
		l.passed.Done = done
		select {
		case <-ctx.Done():
			return ctx.Err()
		case to <- l:
		}
		l = load{passed: l.passed}
		l.passed.Others = maps.Clone(l.passed.Others) // the other is told of meanwhile
		return nil
	}
	for r, err := range source.Records(ctx, from.Next) {
		if err != nil {
			return err
		}
		if i.take(&l, r, name) {
			l.passed.Next = r.Place.After()
		}
		if l.full() {
			if err := hand(r.Done); err != nil {
				return err
			}
		}
	}
	return hand(source.Size)
}

// take adds what a source has to a load. It is false for the begin of what the
// source tells of next.
func (i *Importer) take(l *load, r intake.Record, name string) bool {
	record, err := i.record(r, name)
	switch {
	case errors.Is(err, archive.ErrNoPage):
		l.passed.Others[kindOf(r.WARC)]++
	case errors.Is(err, intake.ErrDamaged):
		return false
	case err != nil:
		l.passed.Rejected++
		l.rejects = append(l.rejects, reject{r.Place.String(), err})
	default:
		l.passed.Sent++
		l.records = append(l.records, record)
		l.bytes += record.Length
	}
	return true
}

// record makes the message of what a source has. The error of a record that holds
// no page is [archive.ErrNoPage].
func (i *Importer) record(r intake.Record, name string) (*news.Record, error) {
	record := &news.Record{Schema: news.RecordSchema, Run: i.Run, File: name, Place: r.Place.String(), Offset: r.Place.Offset}
	if r.Place.Archive != "" {
		record.File += "#" + r.Place.Archive
	}
	switch {
	case r.Err != nil:
		return nil, r.Err
	case r.Page != nil:
		if err := tooNew(r.Page.FetchedAt); err != nil {
			return nil, err
		}
		record.Page, record.URL, record.Body, record.Length = r.Page, r.Page.URL, r.Page.Body, r.Page.Length
		return record, nil
	case !holdsPage(r.WARC):
		return nil, archive.ErrNoPage
	}
	if err := fault(r.WARC.Header); err != nil {
		return nil, err
	}
	record.URL = r.WARC.Header.Target()
	var err error
	record.Body, err = r.Original(mostImported)
	record.Length, record.Packed = len(record.Body), warc.CompressionOf(record.Body) != warc.Plain
	return record, err
}

// holdsPage says whether a record is the capture of a page of the web.
func holdsPage(r *warc.Record) bool {
	switch r.Header.Get(warc.Type) {
	case warc.Response, warc.Revisit, warc.Resource, warc.Conversion:
		target := r.Header.Target()
		return strings.HasPrefix(target, "http://") || strings.HasPrefix(target, "https://")
	}
	return false
}

// kindOf is the type of a record, as it is counted: others may write anything.
func kindOf(r *warc.Record) string {
	switch kind := r.Header.Get(warc.Type); kind {
	case warc.Warcinfo, warc.Request, warc.Metadata, warc.Response, warc.Revisit, warc.Resource, warc.Conversion, warc.Continuation:
		return kind
	}
	return "unknown"
}

// fault is what keeps a capture out of the archive, whatever its block has.
func fault(h warc.Header) error {
	if h.Get(warc.RecordID) == "" {
		return errors.New("no " + warc.RecordID)
	}
	if _, err := weburl.Normalize(h.Target()); err != nil {
		return err
	}
	at, err := h.Time()
	if err != nil {
		return err
	}
	return tooNew(at)
}

// ahead is how far the clocks of others may be ahead of ours.
const ahead = 48 * time.Hour

// tooNew is the error of a capture of the future: it would be the newest of its
// story for ever.
func tooNew(at time.Time) error {
	if at.After(time.Now().Add(ahead)) {
		return fmt.Errorf("captured at %s, which is still to come", at.Format(time.RFC3339))
	}
	return nil
}

// senders is how many records are sent at a time.
const senders = 16

// send sends records, and says which of them the broker can never take.
func (i *Importer) send(ctx context.Context, records []*news.Record) ([]reject, error) {
	refused := make([]error, len(records))
	group, sending := errgroup.WithContext(ctx)
	group.SetLimit(senders)
	for n, record := range records {
		group.Go(func() error {
			err := i.Conn.PublishImport(sending, record)
			if fault := news.FaultOf(err); fault != nil && fault.Kind == news.Permanent {
				refused[n], err = err, nil
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	var rejects []reject
	for n, err := range refused {
		if err != nil {
			rejects = append(rejects, reject{records[n].Place, err})
		}
	}
	return rejects, nil
}

// tell tells what cannot be imported, and then how far the source is.
func (i *Importer) tell(passed Imported, rejects []reject) error {
	for _, r := range rejects {
		if err := i.Reject(r.place, r.why); err != nil {
			return err
		}
	}
	return i.Passed(passed)
}
