// Package fetch asks the web for one page and says what came of it.
//
// What goes in is a [news.FetchJob]; what comes out is a [news.Page] with the
// body as it was received, or a [news.Fault] that knows whether another try
// makes sense. The promise: every fetch ends within its deadline and its
// limits, no host is asked faster than it likes or for what its robots.txt
// forbids, and no address inside a private network is reached unless the
// operator allowed it.
//
// It deliberately does not decode bodies, keep cookies, follow links, read
// proxies from the environment or try again; who calls it does.
//
// Start reading at [Client.Fetch]. The files are the parts of one visit, in
// order: visit.go goes from target to target, gate.go waits for the host's
// turn, robots.go asks for its rules, dial.go connects, record.go and header.go
// note what passes, answer.go, type.go and body.go make a page of it, and
// fault.go says what went wrong.
package fetch
