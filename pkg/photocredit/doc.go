// Package photocredit parts the line below a picture into its caption and its
// credit, as they are printed in many languages, and reads who the credit names.
//
// What is not surely a credit stays in the caption, and a name that may be a
// person's as well as an organisation's is left out. Which line belongs to which
// picture is not its business.
//
// Start reading at [Reader.ReadCaption] and [Reader.Parties].
package photocredit
