package news

import (
	"errors"
	"time"
)

// Kind decides what happens to a piece of work that met an error.
type Kind int

// The kinds of fault.
const (
	// Temporary work is tried again later, a bounded number of times. An error
	// that nobody has classified is temporary: only code that knows may condemn.
	Temporary Kind = iota
	// Awaiting work needs what is still on its way: it is tried again, later each
	// time, for as long as it says so.
	Awaiting
	// Skip ends the work: the page is rightly not taken further.
	Skip
	// Same ends the work: what it would bring is known already.
	Same
	// Permanent work goes to the dead stream.
	Permanent
)

// Fault is an error that knows its class.
type Fault struct {
	Kind   Kind
	Reason Reason
	// After is the least time to wait before the next try; 0 leaves it open.
	After time.Duration
	Err   error
}

// Error is the text of the error inside, else the reason.
func (f *Fault) Error() string {
	if f.Err == nil {
		return string(f.Reason)
	}
	return f.Err.Error()
}

// Unwrap is the error inside.
func (f *Fault) Unwrap() error { return f.Err }

// FaultOf is the class of err: err's own [Fault], else a temporary one with
// reason [Internal]. It is nil for a nil error.
func FaultOf(err error) *Fault {
	if err == nil {
		return nil
	}
	if f, ok := errors.AsType[*Fault](err); ok {
		return f
	}
	return &Fault{Kind: Temporary, Reason: Internal, Err: err}
}
