package service

import (
	"context"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/datafolder"
	"github.com/copydesk/copydesk/pkg/metrics"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/stream"
)

// stagesOf are the stages that a service does the work of.
var stagesOf = map[string][]news.Stage{
	"fetcher":     {news.StageFetch},
	"extractor":   {news.StageExtract},
	"indexer":     {news.StageArchive, news.StageIndex},
	"copydesk up": news.Stages,
}

// measure has told at each scrape what the broker, the disk and the parts say.
// The ages of messages are told by who has the indexer alone: to see one, a
// service must be allowed to read the stream.
func measure(m *metrics.Metrics, conn *stream.Conn, folder datafolder.Folder, parts ...*part) {
	ages := false
	for _, p := range parts {
		ages = ages || p.name == "indexer"
		if p.report != nil {
			m.ReadStatus(p.name, func(ctx context.Context) (reply api.StatusReply, err error) {
				return reply, p.report(ctx, &reply)
			})
		}
	}
	if ages {
		m.ReadStreams(conn.OwnReaders, ages)
	} else {
		m.ReadStreams(conn.Numbers, ages)
	}
	m.ReadDisk(folder.Space)
}
