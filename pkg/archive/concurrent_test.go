package archive_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/news"
)

// TestReadWhileWriting reads every capture as soon as it is told, while segments
// are written, closed and brought away.
func TestReadWhileWriting(t *testing.T) {
	a := open(t, t.TempDir(), archive.Options{SegmentSize: 5000, Vault: archive.Dir(t.TempDir())})
	a.OnDisk(func(d archive.Disk) archive.Disk { return &brokenDisk{Disk: d, left: -1} })
	const writers, each = 3, 10
	written := make(chan news.Capture, writers*each)
	var work sync.WaitGroup
	for w := range writers {
		work.Go(func() {
			for i := range each {
				n := w*each + i
				captures, err := a.Append(t.Context(), []archive.Entry{{Page: page(n, fmt.Sprintf("<p>Tide %d", n))}})
				if err != nil {
					t.Error(err)
					return
				}
				written <- captures[0]
				if _, err := a.Offload(t.Context()); err != nil && w == 0 {
					t.Error(err)
				}
			}
		})
	}
	for range 2 {
		work.Go(func() {
			for range writers * each / 2 {
				c := <-written
				if _, err := a.Get(t.Context(), c, nil); err != nil {
					t.Error(err)
				}
			}
		})
	}
	work.Wait()
}
