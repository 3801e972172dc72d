package service

import "encoding/json"

// maxList is how long a list may be, in bytes: less than the broker's messages.
const maxList = 700 << 10

// page is as many of the things as are wanted and fit into one answer, and
// whether there are more.
func page[T any](things []T, limit int) (some []T, more bool, err error) {
	size := 0
	for i, thing := range things {
		text, err := json.Marshal(thing)
		if err != nil {
			return nil, false, err
		}
		if size += len(text); i > 0 && size > maxList || i == limit {
			return things[:i], true, nil
		}
	}
	return things, false, nil
}
