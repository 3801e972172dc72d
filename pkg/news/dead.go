package news

import "time"

// DeadSchema names the version of [DeadLetter] that this build writes.
const DeadSchema = "dead/1"

// DeadLetter is a message that could not be done, kept until somebody looks.
// As a message its JSON travels in a header beside the headers of the original,
// and the payload is that of the original.
type DeadLetter struct {
	// Schema is always "dead/1".
	Schema string `json:"schema" jsonschema:"const=dead/1"`
	Stage  Stage  `json:"stage"`
	Trace
	Reason Reason `json:"reason"`
	Detail string `json:"detail,omitempty"`
	// Subject is where the message had been published.
	Subject string    `json:"subject"`
	At      time.Time `json:"at"`
	// History holds the attempts before, oldest first.
	History []Try `json:"history,omitempty"`
}

// Try is one attempt that did not succeed.
type Try struct {
	Attempt int       `json:"attempt"`
	Reason  Reason    `json:"reason"`
	Detail  string    `json:"detail,omitempty"`
	At      time.Time `json:"at"`
}
