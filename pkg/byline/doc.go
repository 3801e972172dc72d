// Package byline reads who signs a story: a line as printed or as metadata tell
// it goes in, people, desks and offices come out, each by name, with the job that
// the line gives them.
//
// An agency is never somebody who signs, nor is the [Outlet]; photographers and
// editors that a label tells from the writers are left out. Which line of a page
// is its byline is not its business, nor are the lines below pictures: they are
// that of pkg/photocredit.
//
// Start reading at [Reader]; what is particular to languages is in lists beside
// the rules that use them.
package byline
