package intake_test

import (
	"bufio"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/intake"
)

const readerSource, readerPlace = "INTAKE_TEST_SOURCE", "INTAKE_TEST_PLACE"

// TestReader is no test but the process that TestKilled kills: it prints each
// record of a source as it reads it.
func TestReader(t *testing.T) {
	path := os.Getenv(readerSource)
	if path == "" {
		return
	}
	var from intake.Place
	if err := json.Unmarshal([]byte(os.Getenv(readerPlace)), &from); err != nil {
		t.Fatal(err)
	}
	s, err := intake.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	out := json.NewEncoder(os.Stdout)
	for r, err := range s.Records(t.Context(), from) {
		if err != nil {
			t.Fatal(err)
		}
		if err := out.Encode(see(r)); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Encode(seen{}); err != nil {
		t.Fatal(err)
	}
}

// TestKilled reads sources in a process that is killed over and over, going on
// behind the last record that was seen: each is seen once, as in one run.
func TestKilled(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	folder, _ := sources(t)
	for _, name := range []string{"broken.warc.gz", "broken.warc.zst", "one-member.warc.gz", "two.wacz", "lines.jsonl.gz"} {
		path := filepath.Join(folder, name)
		var got []seen
		var from intake.Place
		for ended := false; !ended; {
			ended = readSome(t, path, from, 1+random.IntN(12), &got)
			if len(got) > 0 {
				from = got[len(got)-1].Place.After()
			}
		}
		if diff := cmp.Diff(readOn(t, path, intake.Place{}), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// readSome starts a reader and kills it when it has printed so many records, if
// it did not end before.
func readSome(t *testing.T, path string, from intake.Place, most int, got *[]seen) (ended bool) {
	t.Helper()
	place, err := json.Marshal(from)
	if err != nil {
		t.Fatal(err)
	}
	reader := exec.Command(os.Args[0], "-test.run=^TestReader$")
	reader.Env = append(os.Environ(), readerSource+"="+path, readerPlace+"="+string(place))
	out, err := reader.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := reader.Start(); err != nil {
		t.Fatal(err)
	}
	defer reader.Wait()
	defer reader.Process.Kill()
	lines := bufio.NewScanner(out)
	for range most {
		var s seen
		if !lines.Scan() || json.Unmarshal(lines.Bytes(), &s) != nil {
			t.Fatalf("%s from %s: the reader printed %q", path, place, lines.Text())
		}
		if s.What == "" {
			return true
		}
		*got = append(*got, s)
	}
	return false
}
