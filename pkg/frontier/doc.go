// Package frontier keeps the rows of what to fetch: every URL that anybody
// asked for, whether it was sent to the fetch queue, and what became of it.
//
// In go requests and the fetch stage's events, out come fetch jobs whose host's
// turn has come. The promise: a URL that [Frontier.Add] returned is on disk, and
// it is offered by [Frontier.Due] until an event tells that it was fetched or
// given up. Sending twice is harmless, because a job keeps its visit. It also
// keeps the sources that are polled for new URLs, and when.
//
// The frontier paces hosts: one job at a time, and the next some time after. So
// the queue holds only work that may be done now, however many workers there
// are. It does not fetch or read sources, does not know robots.txt, and does not
// decide about revisits.
//
// Start reading at add.go, then due.go and settle.go; for sources at sources.go,
// then polls.go and rhythm.go.
package frontier
