// Gowarc writes and reads web archives with nlnwa/gowarc, for the tests beside it.
//
//	gowarc write SERVER FOLDER PATH...
//	gowarc read FILE
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"os"
	"time"

	"github.com/nlnwa/gowarc/v3"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "gowarc:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) > 3 && args[0] == "write":
		return errors.Join(
			write(args[1], args[2], "gowarc-plain", false, args[3:]),
			write(args[1], args[2], "gowarc", true, args[3:]))
	case len(args) == 2 && args[0] == "read":
		return read(args[1])
	}
	return errors.New("usage: gowarc write SERVER FOLDER PATH... | gowarc read FILE")
}

// write archives pages, each followed by a revisit of it.
func write(server, folder, name string, compress bool, paths []string) error {
	w := gowarc.NewWarcFileWriter(
		gowarc.WithFileNameGenerator(&gowarc.PatternNameGenerator{Directory: folder, Pattern: name + ".%{ext}s"}),
		gowarc.WithCompression(compress), gowarc.WithMaxConcurrentWriters(1),
		gowarc.WithWarcInfoFunc(func(b gowarc.WarcRecordBuilder) error {
			_, err := b.WriteString("software: gowarc\r\n")
			return err
		}))
	for _, path := range paths {
		page, err := fetch(server + path)
		if err != nil {
			return err
		}
		ref, err := page.CreateRevisitRef(gowarc.ProfileIdenticalPayloadDigestV1_1)
		if err != nil {
			return err
		}
		again, err := fetch(server + path)
		if err != nil {
			return err
		}
		revisit, err := again.ToRevisitRecord(ref)
		if err != nil {
			return err
		}
		for _, written := range w.Write(page, revisit) {
			if written.Err != nil {
				return written.Err
			}
		}
	}
	return w.Close()
}

func fetch(url string) (gowarc.WarcRecord, error) {
	answer, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	message, err := httputil.DumpResponse(answer, true)
	if err != nil {
		return nil, err
	}
	b := gowarc.NewRecordBuilder(gowarc.Response, gowarc.WithStrictValidation(), gowarc.WithAddMissingDigest(true), gowarc.WithAddMissingContentLength(true), gowarc.WithAddMissingRecordId(true))
	b.AddWarcHeader(gowarc.WarcTargetURI, url)
	b.AddWarcHeaderTime(gowarc.WarcDate, time.Now())
	b.AddWarcHeader(gowarc.ContentType, "application/http;msgtype=response")
	if _, err := b.Write(message); err != nil {
		return nil, err
	}
	record, warnings, err := b.Build()
	if err := errors.Join(append(warnings, err)...); err != nil {
		return nil, err
	}
	return record, record.Block().Cache()
}

// read prints each record of a file; whatever gowarc finds wrong is an error.
func read(path string) error {
	file, err := gowarc.NewWarcFileReader(path, 0, gowarc.WithStrictValidation(), gowarc.WithBlockErrorPolicy(gowarc.ErrFail))
	if err != nil {
		return err
	}
	defer file.Close()
	out := json.NewEncoder(os.Stdout)
	for {
		rec, err := file.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err := errors.Join(append(rec.Validation, err)...); err != nil {
			return fmt.Errorf("at byte %d: %w", rec.Offset, err)
		}
		if err := rec.WarcRecord.Block().Cache(); err != nil {
			return err
		}
		payload, err := payloadOf(rec.WarcRecord.Block())
		if err != nil {
			return err
		}
		if wrong, err := rec.WarcRecord.ValidateDigest(); err != nil || len(wrong) > 0 {
			return fmt.Errorf("at byte %d: %w", rec.Offset, errors.Join(append(wrong, err)...))
		}
		if err := out.Encode(map[string]string{
			"type": rec.WarcRecord.Type().String(), "uri": rec.WarcRecord.WarcHeader().Get(gowarc.WarcTargetURI), "payload": payload,
		}); err != nil {
			return err
		}
		if err := rec.Close(); err != nil {
			return err
		}
	}
}

func payloadOf(block gowarc.Block) (string, error) {
	from := block.RawBytes
	if with, ok := block.(gowarc.PayloadBlock); ok {
		from = with.PayloadBytes
	}
	content, err := from()
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	_, err = io.Copy(sum, content)
	return hex.EncodeToString(sum.Sum(nil)), err
}
