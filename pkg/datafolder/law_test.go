package datafolder

import (
	"os"
	"strings"
	"testing"
)

// FuzzReadRun states that whatever a crash left of run.json, reading it is what
// was written or an error that names the file.
func FuzzReadRun(f *testing.F) {
	f.Add([]byte(`{"url":"nats://127.0.0.1:4222","token":"x","pid":1,"startedAt":"2026-03-01T12:00:00Z"}`))
	f.Add([]byte(`{"url":"nats://127.0`))
	f.Add([]byte(nil))
	folder := Folder(f.TempDir())
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(folder.runFile(), text, 0o600); err != nil {
			t.Fatal(err)
		}
		run, err := folder.ReadRun()
		if err != nil {
			if !strings.Contains(err.Error(), folder.runFile()) || run != (Run{}) {
				t.Errorf("error %q beside %+v", err, run)
			}
			return
		}
		remove, err := folder.WriteRun(run)
		if err != nil {
			return // a year that no date has
		}
		defer remove()
		if again, err := folder.ReadRun(); err != nil || !again.StartedAt.Equal(run.StartedAt) || again.URL != run.URL || again.PID != run.PID {
			t.Errorf("wrote %+v, read %+v, %v", run, again, err)
		}
	})
}
