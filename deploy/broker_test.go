package deploy_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

var users = []string{"fetcher", "extractor", "indexer", "operator", "subscriber", "admin"}

func password(user string) string { return "secretOf" + user }

// broker is a NATS server that runs a file of this folder.
type broker struct {
	ns      *server.Server
	url, ca string
	log     *serverLog
}

// boot starts the server on nats.conf, with the variables that it asks for; only
// its ports are others.
func boot(t *testing.T) *broker {
	t.Helper()
	dir := t.TempDir()
	ca := certificates(t, dir)
	setVariables(t, dir)
	t.Setenv("NATS_STORE", filepath.Join(dir, "js"))
	b := start(t, "nats.conf", func(o *server.Options) {})
	b.ca = ca
	return b
}

// setVariables sets what nats.conf reads, but for NATS_STORE.
func setVariables(t *testing.T, dir string) {
	for _, name := range []string{"CA", "CERT", "KEY"} {
		t.Setenv("NATS_TLS_"+name, filepath.Join(dir, strings.ToLower(name)+".pem"))
	}
	for _, user := range append(users, "sys") {
		t.Setenv("NATS_"+strings.ToUpper(user)+"_PASSWORD", password(user))
	}
}

func start(t *testing.T, file string, change func(*server.Options)) *broker {
	t.Helper()
	options, err := server.ProcessConfigFile(file)
	if err != nil {
		t.Fatal(err)
	}
	options.Host, options.Port, options.HTTPPort = "127.0.0.1", server.RANDOM_PORT, 0
	options.NoSigs = true
	change(options)
	ns, err := server.NewServer(options)
	if err != nil {
		t.Fatal(err)
	}
	b := &broker{ns: ns, log: &serverLog{}}
	ns.SetLoggerV2(b.log, false, false, false)
	ns.Start()
	t.Cleanup(func() {
		ns.Shutdown()
		ns.WaitForShutdown()
		if t.Failed() {
			t.Logf("the server's log:\n%s", strings.Join(b.log.containing(""), "\n"))
		}
	})
	if !ns.ReadyForConnections(20 * time.Second) {
		t.Fatalf("%s: the server is not ready", file)
	}
	b.url = "tls://" + ns.Addr().String()
	return b
}

// certificates writes an authority and a certificate of 127.0.0.1 to dir, for
// servers that are each other's clients too.
func certificates(t *testing.T, dir string) (ca string) {
	t.Helper()
	authority := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test authority"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "nats"},
		NotBefore: authority.NotBefore, NotAfter: authority.NotAfter,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, DNSNames: []string{"localhost"}, KeyUsage: x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	caKey, leafKey := newKey(t), newKey(t)
	caDER, err := x509.CreateCertificate(rand.Reader, authority, authority, caKey.Public(), caKey)
	if err != nil {
		t.Fatal(err)
	}
	leafDER, err := x509.CreateCertificate(rand.Reader, leaf, authority, leafKey.Public(), caKey)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(leafKey)
	if err != nil {
		t.Fatal(err)
	}
	writePEM(t, filepath.Join(dir, "cert.pem"), "CERTIFICATE", leafDER)
	writePEM(t, filepath.Join(dir, "key.pem"), "PRIVATE KEY", keyDER)
	return writePEM(t, filepath.Join(dir, "ca.pem"), "CERTIFICATE", caDER)
}

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func writePEM(t *testing.T, path, kind string, der []byte) string {
	t.Helper()
	if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// client is a plain connection of one user, and what it was denied.
type client struct {
	*nats.Conn
	denied chan error
}

func (b *broker) client(t *testing.T, user string) *client {
	t.Helper()
	c := &client{denied: make(chan error, 4096)}
	var err error
	c.Conn, err = nats.Connect(b.url, nats.UserInfo(user, password(user)), nats.RootCAs(b.ca),
		nats.CustomInboxPrefix("_INBOX."+user), nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { c.denied <- err }))
	if err != nil {
		t.Fatalf("connect as %s: %v", user, err)
	}
	t.Cleanup(c.Close)
	return c
}

// flags are how a program of Copydesk connects as user.
func (b *broker) flags(user string) []string {
	return []string{"--nats-url", b.url, "--nats-ca", b.ca, "--nats-user", user, "--nats-password", password(user)}
}

// serverLog keeps what the server says.
type serverLog struct {
	mu    sync.Mutex
	lines []string
}

func (l *serverLog) add(format string, v ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = append(l.lines, fmt.Sprintf(format, v...))
}

func (l *serverLog) containing(text string) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var found []string
	for _, line := range l.lines {
		if strings.Contains(line, text) {
			found = append(found, line)
		}
	}
	return found
}

func (l *serverLog) Noticef(format string, v ...any) { l.add(format, v...) }
func (l *serverLog) Warnf(format string, v ...any)   { l.add("warning: "+format, v...) }
func (l *serverLog) Errorf(format string, v ...any)  { l.add("error: "+format, v...) }
func (l *serverLog) Fatalf(format string, v ...any)  { l.add("fatal: "+format, v...) }
func (l *serverLog) Debugf(string, ...any)           {}
func (l *serverLog) Tracef(string, ...any)           {}
