package datafolder

// Space is the room on the disk of a data folder, in bytes.
type Space struct {
	// Free is what is left to this user, Size what the disk has in all.
	Free uint64 `json:"free"`
	Size uint64 `json:"size"`
}
