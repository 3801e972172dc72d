package extract_test

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/copydesk/copydesk/pkg/extract"
)

// BenchmarkParse is the floor: parsing the same pages into trees.
func BenchmarkParse(b *testing.B) {
	for _, page := range pages {
		if !strings.HasSuffix(page.file, ".html") {
			continue
		}
		in := readPage(b, page.file, page.url)
		b.Run(page.file, func(b *testing.B) {
			b.SetBytes(int64(len(in.Body)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := html.Parse(bytes.NewReader(in.Body)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkExtract is the whole way from bytes to record.
func BenchmarkExtract(b *testing.B) {
	for _, page := range pages {
		in := readPage(b, page.file, page.url)
		b.Run(page.file, func(b *testing.B) {
			b.SetBytes(int64(len(in.Body)))
			b.ReportAllocs()
			for b.Loop() {
				_, _ = extract.Extract(in)
			}
		})
	}
}
