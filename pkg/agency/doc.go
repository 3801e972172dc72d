// Package agency knows the news agencies of the world: what goes in is what a
// page printed ("dpa", "Agence France-Presse", "AFP, dpa"), what comes out is
// the agency's canonical short name, its full one, its country and its home page.
//
// A name is never made up: what is in no [Table] is no agency, and names that
// would be found everywhere cannot be added to one. The package does not judge
// what an agency is credited for; its callers do.
//
// Start reading at [Table.Find], then agencies.tsv, which is all data.
package agency
