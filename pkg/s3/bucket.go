package s3

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/minio/minio-go/v7"
)

// Bucket is where files are kept. It is safe for use by several goroutines.
type Bucket struct {
	core   minio.Core
	name   string
	folder string
}

// New is the bucket of that configuration. The store is not asked: it may be
// away, and come.
func New(c Config) (*Bucket, error) {
	client, err := c.client()
	if err != nil {
		return nil, err
	}
	folder := strings.Trim(c.Folder, "/")
	if folder != "" {
		folder += "/"
	}
	return &Bucket{core: minio.Core{Client: client}, name: c.Bucket, folder: folder}, nil
}

// String is where the files are, for people.
func (b *Bucket) String() string {
	return b.core.EndpointURL().JoinPath(b.name, b.folder).String()
}

// partSize is how much of a file is sent at a time. A file has at most 10,000
// parts.
const partSize = 16 << 20

// Put brings the file at path under a name, in place of what had that name, and
// reads it back.
func (b *Bucket) Put(ctx context.Context, name, path string) error {
	if err := b.put(ctx, name, path); err != nil {
		return fmt.Errorf("bring %s to %s: %w", name, b, explained(err))
	}
	return nil
}

func (b *Bucket) put(ctx context.Context, name, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	sent := sha256.New()
	size, err := io.Copy(sent, file)
	if err != nil {
		return err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if _, err := b.core.Client.PutObject(ctx, b.name, b.folder+name, file, size, minio.PutObjectOptions{PartSize: partSize, NumThreads: 1}); err != nil {
		return err
	}
	back, err := b.Open(ctx, name, 0, size)
	if err != nil {
		return err
	}
	defer back.Close()
	came := sha256.New()
	if n, err := io.Copy(came, back); err != nil {
		return fmt.Errorf("read back: %w", err)
	} else if n != size || !bytes.Equal(came.Sum(nil), sent.Sum(nil)) {
		return fmt.Errorf("what was read back, %d bytes, is not what was sent, %d bytes", n, size)
	}
	return nil
}

// Open reads length bytes of a file from offset on, fewer where it ends before.
// The error of a file that is not there is [fs.ErrNotExist].
func (b *Bucket) Open(ctx context.Context, name string, offset, length int64) (io.ReadCloser, error) {
	if length == 0 {
		return io.NopCloser(strings.NewReader("")), nil
	}
	var part minio.GetObjectOptions
	if err := part.SetRange(offset, offset+length-1); err != nil {
		return nil, fmt.Errorf("read %s in %s from %d on: %w", name, b, offset, err)
	}
	body, _, _, err := b.core.GetObject(ctx, b.name, b.folder+name, part)
	if minio.ToErrorResponse(err).Code == minio.InvalidRange {
		return io.NopCloser(strings.NewReader("")), nil // it ends before offset
	}
	if err != nil {
		return nil, fmt.Errorf("read %s in %s: %w", name, b, explained(err))
	}
	return body, nil
}

// List calls do with each file and its size in bytes, in the order of their
// names, until do returns an error.
func (b *Bucket) List(ctx context.Context, do func(name string, size int64) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for object := range b.core.ListObjectsIter(ctx, b.name, minio.ListObjectsOptions{Prefix: b.folder, Recursive: true}) {
		if object.Err != nil {
			return fmt.Errorf("list %s: %w", b, explained(object.Err))
		}
		if err := do(strings.TrimPrefix(object.Key, b.folder), object.Size); err != nil {
			return err
		}
	}
	return nil
}

// Delete takes a file away; one that is not there is no error.
func (b *Bucket) Delete(ctx context.Context, name string) error {
	err := explained(b.core.RemoveObject(ctx, b.name, b.folder+name, minio.RemoveObjectOptions{}))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("delete %s from %s: %w", name, b, err)
	}
	return nil
}

// explained is err with what helps where the store's word does not.
func explained(err error) error {
	if err == nil {
		return nil
	}
	switch minio.ToErrorResponse(err).Code {
	case minio.NoSuchKey:
		return fmt.Errorf("%w (%w)", fs.ErrNotExist, err)
	case minio.NoSuchBucket:
		return fmt.Errorf("%w: make the bucket, or correct its name", err)
	case minio.AccessDenied, "InvalidAccessKeyId", "SignatureDoesNotMatch":
		return fmt.Errorf("%w: the keys must be allowed to put, get, list and delete objects there", err)
	}
	return err
}
