package frontier

import (
	"context"
	"time"
)

// SourceCounts says how many sources there are, and names some that are silent.
type SourceCounts struct {
	// Active sources are polled, Paused ones are not.
	Active int64 `json:"active"`
	Paused int64 `json:"paused"`
	// Silent is how many of the active ones nothing is heard of.
	Silent int64 `json:"silent"`
	// Silences are the first of these, by address.
	Silences []Silence `json:"silences,omitempty"`
}

// Silence is a source that nothing is heard of, and why; see [Source.Silent].
type Silence struct {
	URL string `json:"url"`
	Why string `json:"why"`
}

// countedAtOnce is how many sources are read before others may have the file.
const countedAtOnce = 500

// CountSources counts the sources, at the cost of reading them all, and names up
// to limit silent ones.
func (f *Frontier) CountSources(ctx context.Context, limit int, now time.Time) (SourceCounts, error) {
	var c SourceCounts
	for after := ""; ; {
		some, err := f.Sources(ctx, after, countedAtOnce, now)
		if err != nil {
			return SourceCounts{}, err
		}
		for _, s := range some {
			c.count(s, limit)
			after = s.URL
		}
		if len(some) < countedAtOnce {
			return c, nil
		}
	}
}

func (c *SourceCounts) count(s Source, limit int) {
	if s.State == Paused {
		c.Paused++
		return
	}
	c.Active++
	if s.Silent == "" {
		return
	}
	c.Silent++
	if len(c.Silences) < limit {
		c.Silences = append(c.Silences, Silence{URL: s.URL, Why: s.Silent})
	}
}
