package news

// Date is a moment as a page states it, no more exact than it was stated.
type Date struct {
	// Value is RFC 3339; a date known to the day is YYYY-MM-DD, and a time
	// without a known zone carries no offset. Precision tells the form; another
	// precision may come with another form.
	Value string `json:"value"`
	// Raw is what the page printed or declared.
	Raw string `json:"raw,omitempty"`
	// Precision is how exactly it is known.
	Precision Precision `json:"precision"`
	// Timezone says why the zone in Value is believed; absent where there is none.
	Timezone TimezoneOrigin `json:"timezone,omitempty"`
}

// Precision is how exactly a date is known.
type Precision string

// The precisions.
const (
	ToDay    Precision = "day"
	ToMinute Precision = "minute"
	ToSecond Precision = "second"
)

// TimezoneOrigin says why a zone is believed.
type TimezoneOrigin string

// The origins of a zone.
const (
	ZoneExplicit  TimezoneOrigin = "explicit"  // stated with the date
	ZonePage      TimezoneOrigin = "page"      // stated elsewhere on the page
	ZonePublisher TimezoneOrigin = "publisher" // the outlet's own zone
	ZoneAssumed   TimezoneOrigin = "assumed"   // a guess
)
