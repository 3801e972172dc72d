// Package otherbuild has another build of Copydesk extract pages: a child of this
// process that gets pages on its standard input and writes records to its output.
//
// The promise: a page that the child dies of is known, and costs that page alone;
// and builds that are years apart understand each other, or say at the begin that
// they do not. The child is told nothing of the desk: no address, no password, no
// variable of ours.
//
// It deliberately does not know where pages come from and where records go.
//
// Start reading at protocol.go; [Serve] is the child's side, [Worker] the other.
package otherbuild
