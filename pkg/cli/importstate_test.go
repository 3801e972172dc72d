package cli

import (
	"strings"
	"testing"
)

// Two commands of one run would write over each other how far it is.
func TestImportStateIsOneCommands(t *testing.T) {
	folder := t.TempDir()
	first, err := openImportState(folder, "mill")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := openImportState(folder, "mill"); err == nil || !strings.Contains(err.Error(), "another copydesk import is at it") {
		t.Errorf("a second command has it: %v", err)
	}
	if other, err := openImportState(folder, "quay"); err != nil || other.Close() != nil {
		t.Errorf("another run: %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := openImportState(folder, "mill")
	if err != nil {
		t.Fatalf("when the first is at its end: %v", err)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
}
