// Package s3test runs a real S3 server for tests: versitygw, which keeps objects
// as files. "make interop" builds it and names it in COPYDESK_TEST_S3SERVER;
// without it the tests that need one are skipped, and say so.
package s3test

import (
	"bytes"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/copydesk/copydesk/pkg/freeport"
	"github.com/copydesk/copydesk/pkg/s3"
)

// Variable names the program that is the server.
const Variable = "COPYDESK_TEST_S3SERVER"

// bucket is there in every server.
const bucket = "archive"

// Server is an S3 server of a test, with one bucket.
type Server struct {
	t       testing.TB
	program string
	address string
	folder  string
	process *exec.Cmd
	said    bytes.Buffer
}

// Start starts a server that ends with the test.
func Start(t testing.TB) *Server {
	t.Helper()
	program := os.Getenv(Variable)
	if program == "" {
		t.Skipf("SKIPPED: no S3 server: %s names none; \"make interop\" builds one", Variable)
	}
	s := &Server{t: t, program: program, folder: t.TempDir(), address: freeport.Address(t)}
	for _, folder := range []string{s.known(), filepath.Join(s.objects(), bucket)} {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		if s.process != nil {
			s.Stop()
		}
	})
	s.Resume()
	return s
}

// Config is how the bucket is reached.
func (s *Server) Config() s3.Config {
	return s3.Config{Endpoint: "http://" + s.address, Region: "us-east-1", Bucket: bucket, AccessKey: "test", SecretKey: "test-secret"}
}

// Resume starts the server after [Server.Stop], with what it had.
func (s *Server) Resume() {
	s.t.Helper()
	keys := s.Config()
	s.process = exec.Command(s.program, "--port", s.address, "--access", keys.AccessKey, "--secret", keys.SecretKey, "--region", keys.Region, "--quiet", "posix", "--sidecar", s.known(), s.objects())
	s.process.Stdout, s.process.Stderr = &s.said, &s.said
	if err := s.process.Start(); err != nil {
		s.t.Fatal(err)
	}
	client := http.Client{Timeout: time.Second}
	for tries := 0; ; tries++ {
		answer, err := client.Get("http://" + s.address)
		if err == nil {
			answer.Body.Close()
			return
		}
		if tries == 300 {
			s.t.Fatalf("the S3 server does not answer: %v\n%s", err, s.said.String())
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// Stop has the server be away, at once.
func (s *Server) Stop() {
	s.t.Helper()
	if err := s.process.Process.Kill(); err != nil {
		s.t.Fatal(err)
	}
	_ = s.process.Wait() // killed
	s.process = nil
}

// objects is where the server keeps the buckets, known what it knows of their
// objects: not every file system has attributes.
func (s *Server) objects() string { return filepath.Join(s.folder, "objects") }
func (s *Server) known() string   { return filepath.Join(s.folder, "known") }
