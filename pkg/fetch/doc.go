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
// The files are the parts of one visit, in order: client.go and visit.go, the
// host's turn in gate.go, its rules in robots.go, the connection in dial.go,
// what passed over it in record.go and header.go, the answer in answer.go,
// type.go and body.go, and what can go wrong in fault.go.
package fetch
