// Package storycredit reads who a story is from and where it was written, in the
// lines that say so: the dateline that opens it ([Reader.Dateline]), the desk line
// that closes it ([Reader.ReadDeskLine], [Reader.CutDeskLine]), the lines that name its sources
// ([Reader.SourceLine], [Reader.ClosingLine]) and bylines that name an agency ([Reader.AgenciesIn]).
// Text goes in; places, initials and agencies come out.
//
// An agency that supplies pictures only is never one of a story. Which line of a
// page is which is not its business, nor are the people that a byline names, which
// are that of pkg/byline, or the lines below pictures, that of pkg/photocredit.
//
// Start reading at [Reader.SourceLine]; what is particular to languages is in lists beside
// the rules that use them.
package storycredit
