package deploy_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

var users = []string{"fetcher", "extractor", "indexer", "operator", "subscriber", "admin"}

// patience is how long a test waits for what must come, on a machine of which
// others want much.
const patience = 2 * time.Minute

func password(user string) string { return "secretOf" + user }

// broker is a NATS server that runs a file of this folder.
type broker struct {
	ns      *server.Server
	url, ca string
	log     *serverLog
}

// The servers read their variables from the environment, which all tests of a
// process share: they are set once, so that tests can run side by side.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "deploy-")
	if err == nil {
		err = errors.Join(certificates(dir), setVariables(dir))
	}
	code := 1
	if err == nil {
		code = m.Run()
	}
	if err := errors.Join(err, os.RemoveAll(dir)); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}

// setVariables sets what nats.conf and cluster.conf read.
func setVariables(dir string) error {
	values := map[string]string{"NATS_STORE": filepath.Join(dir, "js"), "NATS_SERVER_NAME": "nats-0"}
	for _, name := range []string{"CA", "CERT", "KEY"} {
		values["NATS_TLS_"+name] = filepath.Join(dir, strings.ToLower(name)+".pem")
	}
	for _, user := range append(slices.Clone(users), "sys") {
		values["NATS_"+strings.ToUpper(user)+"_PASSWORD"] = password(user)
	}
	var errs []error
	for name, value := range values {
		errs = append(errs, os.Setenv(name, value))
	}
	return errors.Join(errs...)
}

// boot starts the server on nats.conf, with the variables that it asks for; only
// its ports, its folder and its patience are others.
func boot(t *testing.T) *broker {
	t.Helper()
	return start(t, "nats.conf", func(o *server.Options) { o.StoreDir = t.TempDir() })
}

func start(t *testing.T, file string, change func(*server.Options)) *broker {
	t.Helper()
	options, err := server.ProcessConfigFile(file)
	if err != nil {
		t.Fatal(err)
	}
	options.Host, options.Port, options.HTTPPort = "127.0.0.1", server.RANDOM_PORT, 0
	options.TLSTimeout, options.AuthTimeout = patience.Seconds(), patience.Seconds()
	options.NoSigs = true
	change(options)
	ns, err := server.NewServer(options)
	if err != nil {
		t.Fatal(err)
	}
	b := &broker{ns: ns, ca: os.Getenv("NATS_TLS_CA"), log: &serverLog{}}
	ns.SetLoggerV2(b.log, false, false, false)
	ns.Start()
	t.Cleanup(func() {
		ns.Shutdown()
		ns.WaitForShutdown()
		if t.Failed() {
			t.Logf("the server's log:\n%s", strings.Join(b.log.containing(""), "\n"))
		}
	})
	if !ns.ReadyForConnections(patience) {
		t.Fatalf("%s: the server is not ready", file)
	}
	b.url = "tls://" + ns.Addr().String()
	return b
}

// certificates writes an authority and a certificate of this machine to dir, for
// servers that are each other's clients too.
func certificates(dir string) error {
	authority := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test authority"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "nats"},
		NotBefore: authority.NotBefore, NotAfter: authority.NotAfter,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, DNSNames: []string{"localhost"}, KeyUsage: x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	caKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	leafKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	caDER, err := x509.CreateCertificate(rand.Reader, authority, authority, caKey.Public(), caKey)
	if err != nil {
		return err
	}
	leafDER, err := x509.CreateCertificate(rand.Reader, leaf, authority, leafKey.Public(), caKey)
	if err != nil {
		return err
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(leafKey)
	if err != nil {
		return err
	}
	return errors.Join(
		writePEM(filepath.Join(dir, "ca.pem"), "CERTIFICATE", caDER),
		writePEM(filepath.Join(dir, "cert.pem"), "CERTIFICATE", leafDER),
		writePEM(filepath.Join(dir, "key.pem"), "PRIVATE KEY", keyDER))
}

func writePEM(path, kind string, der []byte) error {
	return os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600)
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
		nats.CustomInboxPrefix("_INBOX."+user), nats.Timeout(patience), nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { c.denied <- err }))
	if err != nil {
		t.Fatalf("connect as %s: %v", user, err)
	}
	t.Cleanup(c.Close)
	return c
}

// jetStream asks as the client.
func (c *client) jetStream(t *testing.T) jetstream.JetStream {
	t.Helper()
	js, err := jetstream.New(c.Conn, jetstream.WithDefaultTimeout(patience))
	if err != nil {
		t.Fatal(err)
	}
	return js
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
