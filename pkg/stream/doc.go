// Package stream moves Copydesk's messages over NATS JetStream, and keeps the
// broker in the process where there is no other.
//
// In go the types of pkg/news, by the Publish methods of [Conn]; out they come
// in the handlers of its Consume methods. How a handler's error decides what
// becomes of a message is in settle.go, and nothing else acknowledges.
//
// The promise: what was published is handled at least once, and whatever
// becomes of it is told in an event; what cannot be done waits in the dead
// stream. A broker that is away for a while costs time and nothing else.
//
// It deliberately does not promise "exactly once": handlers are idempotent. It
// knows no stage beyond its name, opens no page and reads no article.
//
// Start reading at topology.go, which draws all streams, then settle.go.
package stream
