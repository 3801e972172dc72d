package deploy_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// What secrets.sh makes starts the server, and lets its users in and nobody
// else.
func TestSecrets(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("openssl, which secrets.sh needs, is not installed")
	}
	dir := t.TempDir()
	script := exec.Command("./secrets.sh", dir, "nats-1", "localhost", "127.0.0.1")
	if out, err := script.CombinedOutput(); err != nil {
		t.Fatalf("secrets.sh: %v\n%s", err, out)
	}
	if err := exec.Command("./secrets.sh", dir, "nats-1").Run(); err == nil {
		t.Error("secrets were overwritten")
	}
	text, err := os.ReadFile(filepath.Join(dir, "nats.env"))
	if err != nil {
		t.Fatal(err)
	}
	passwords := map[string]string{}
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		passwords[name] = value
		t.Setenv(name, value)
	}
	for _, file := range []string{"nats.env", "tls/key.pem"} {
		if info, err := os.Stat(filepath.Join(dir, file)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %v, %v, want 0600", file, info.Mode(), err)
		}
	}
	ca := filepath.Join(dir, "tls", "ca.pem")
	t.Setenv("NATS_TLS_CA", ca)
	t.Setenv("NATS_TLS_CERT", filepath.Join(dir, "tls", "cert.pem"))
	t.Setenv("NATS_TLS_KEY", filepath.Join(dir, "tls", "key.pem"))
	t.Setenv("NATS_STORE", filepath.Join(dir, "js"))
	b := start(t, "nats.conf", func(*server.Options) {})
	for _, user := range append(users, "sys") {
		nc, err := nats.Connect(b.url, nats.RootCAs(ca), nats.Timeout(patience), nats.UserInfo(user, passwords["NATS_"+strings.ToUpper(user)+"_PASSWORD"]))
		if err != nil {
			t.Errorf("%s: %v", user, err)
			continue
		}
		nc.Close()
	}
	for _, who := range [][2]string{{"fetcher", "guess"}, {"fetcher", ""}, {"", ""}} {
		if nc, err := nats.Connect(b.url, nats.RootCAs(ca), nats.Timeout(patience), nats.UserInfo(who[0], who[1])); err == nil {
			nc.Close()
			t.Errorf("%q got in with password %q", who[0], who[1])
		}
	}
}
