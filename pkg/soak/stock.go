package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/dustin/go-humanize"
)

// stocked opens a desk whose archive has so many captures, of which nothing was
// extracted and nothing waits to be: its rows are made anew of the archive alone,
// on a broker that is new.
func (s *soak) stocked(ctx context.Context, name string, captures int) (*desk, error) {
	path := filepath.Join(s.folder, name+".warc.gz")
	defer os.Remove(path)
	made, err := writePages(path, captures, s.seed)
	if err != nil {
		return nil, err
	}
	d, err := s.open(name)
	if err == nil {
		err = d.stock(ctx, path)
	}
	if err != nil {
		return nil, d.close(ctx, err)
	}
	fmt.Fprintf(s.out, "an archive of %d captures, %d of them web pages, %s unpacked\n", made.Pages, made.HTML, humanize.Bytes(uint64(made.Bytes)))
	return d, nil
}

func (d *desk) stock(ctx context.Context, path string) error {
	conn, err := d.begin(ctx, "indexer")
	if err != nil {
		return err
	}
	_, _, err = d.output(ctx, "import", path, "--run", "stock")
	if err == nil {
		err = settled(ctx, conn)
	}
	conn.Close()
	if err == nil {
		_, err = d.end("indexer")
	}
	d.stopBroker(ctx)
	if err != nil {
		return err
	}
	for _, gone := range []string{filepath.Join(d.folder, "js"), d.data().Search(), d.data().Rows(), d.data().Rows() + "-wal", d.data().Rows() + "-shm"} {
		if err := os.RemoveAll(gone); err != nil {
			return err
		}
	}
	if err := d.startBroker(); err != nil {
		return err
	}
	if conn, err = d.begin(ctx, "indexer"); err != nil {
		return err
	}
	defer conn.Close()
	if _, _, err := d.output(ctx, "archive", "reindex"); err != nil {
		return err
	}
	_, err = d.end("indexer")
	return err
}
