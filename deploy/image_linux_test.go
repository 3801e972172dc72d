package deploy_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/copydesk/copydesk/pkg/freeport"
)

// nobody is the image's user.
const nobody = 65532

// The commands that the Dockerfile's own line builds run the whole demo in a
// root that holds nothing else, as a user who may write two folders of it.
func TestImage(t *testing.T) {
	if testing.Short() {
		t.Skip("builds all commands")
	}
	t.Parallel()
	root := imageRoot(t)
	out, err := inImage(root, "/bin/copydesk", "demo", "--data", "/data/demo").CombinedOutput()
	if err != nil && strings.Contains(err.Error(), "operation not permitted") {
		t.Skipf("this machine lets nobody change his root: %v", err)
	}
	if err != nil {
		t.Fatalf("demo: %v\n%s", err, out)
	}
	for _, command := range commands {
		if out, err := inImage(root, "/bin/"+command, "--help").CombinedOutput(); err != nil || !strings.Contains(string(out), "COPYDESK_DATA") {
			t.Errorf("%s --help: %v\n%s", command, err, out)
		}
	}
	checkHealth(t, root)
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if inside := strings.TrimPrefix(path, root); err == nil && !d.IsDir() && !strings.HasPrefix(inside, "/bin/") &&
			!strings.HasPrefix(inside, "/data/") && !strings.HasPrefix(inside, "/tmp/") && inside != "/etc/ssl/certs/ca-certificates.crt" {
			t.Errorf("%s was written", inside)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// checkHealth starts a desk in the image and asks as the container's health
// check does.
func checkHealth(t *testing.T, root string) {
	t.Helper()
	address := freeport.Address(t)
	desk := inImage(root, "/bin/copydesk", "up", "--port", "0")
	desk.Env = append(desk.Env, "COPYDESK_HTTP_LISTEN="+address)
	if err := desk.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = desk.Process.Signal(syscall.SIGTERM) // it may have ended
		if err := desk.Wait(); err != nil {
			t.Errorf("the desk ended with %v", err)
		}
	}()
	health := func() error {
		check := inImage(root, "/bin/copydesk", "health")
		check.Env = append(check.Env, "COPYDESK_HTTP_LISTEN="+address)
		return check.Run()
	}
	until(t, "the desk to be healthy", func() bool { return health() == nil })
}

// imageRoot makes what the last stage of the Dockerfile makes.
func imageRoot(t *testing.T) string {
	t.Helper()
	file, err := os.ReadFile("Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	build := regexp.MustCompile(`(?m)^RUN (CGO_ENABLED=0 go build .* )/out/bin/( \./cmd/\.\.\.)$`).FindSubmatch(file)
	if build == nil {
		t.Fatal("the Dockerfile's build line is not where it was")
	}
	root := t.TempDir()
	bin := filepath.Join(root, "bin")
	shell := exec.Command("sh", "-c", string(build[1])+bin+"/"+string(build[2]))
	shell.Dir = ".."
	if out, err := shell.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", shell, err, out)
	}
	certs := filepath.Join(root, "etc", "ssl", "certs")
	if err := os.MkdirAll(certs, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(certs, "ca-certificates.crt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{"data", "tmp"} {
		path := filepath.Join(root, dir)
		if err := os.Mkdir(path, 0o700); err != nil {
			t.Fatal(err)
		}
		if os.Geteuid() == 0 {
			if err := os.Chown(path, nobody, nobody); err != nil {
				t.Fatal(err)
			}
		}
	}
	// The test's folder is its own; another user must be able to pass.
	if err := os.Chmod(root, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(root, 0o755) }) // so that it can be removed
	return root
}

// inImage is a command in the root, as the image's user: really that user where
// we are root, else so named in a user namespace.
func inImage(root string, command ...string) *exec.Cmd {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir = "/"
	cmd.Env = []string{"PATH=/bin", "COPYDESK_DATA=/data"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: root}
	if os.Geteuid() == 0 {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: nobody, Gid: nobody}
		return cmd
	}
	cmd.SysProcAttr.Cloneflags = syscall.CLONE_NEWUSER
	cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: nobody, HostID: os.Geteuid(), Size: 1}}
	cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: nobody, HostID: os.Getegid(), Size: 1}}
	return cmd
}
