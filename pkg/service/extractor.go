package service

import (
	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/stage"
	"github.com/copydesk/copydesk/pkg/stream"
)

func newExtractor(conn *stream.Conn, s config.Extract) *part {
	e := &stage.Extractor{Conn: conn, Workers: s.PageWorkers(), PageLimit: int(s.PageLimit)}
	return &part{name: "extractor", run: e.Run, close: func() error { return nil }}
}
