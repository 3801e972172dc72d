package s3

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// Config says where a bucket is, and who asks for it.
type Config struct {
	// Endpoint is the store's address, such as https://s3.eu-central-1.amazonaws.com.
	Endpoint string
	// Region is what requests are signed for; some stores have none.
	Region string
	Bucket string
	// Folder is what the names of all files in the bucket begin with; empty for
	// a bucket of its own.
	Folder string
	// AccessKey and SecretKey prove who asks. Where both are empty, the variables
	// AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are read.
	AccessKey, SecretKey string
}

// client is a client of the store. It asks for nothing yet.
func (c Config) client() (*minio.Client, error) {
	address, err := url.Parse(c.Endpoint)
	switch {
	case err != nil:
		return nil, fmt.Errorf("the S3 endpoint %q is no address: %w", c.Endpoint, err)
	case address.Scheme != "http" && address.Scheme != "https" || address.Host == "":
		return nil, fmt.Errorf("the S3 endpoint %q is no address such as https://s3.example", c.Endpoint)
	case strings.Trim(address.Path, "/") != "" || address.RawQuery != "" || address.User != nil:
		return nil, fmt.Errorf("the S3 endpoint %q has more than a host: the bucket and the folder are settings of their own", address.Redacted())
	case c.Bucket == "":
		return nil, errors.New("an S3 endpoint without a bucket")
	case (c.AccessKey == "") != (c.SecretKey == ""):
		return nil, errors.New("an S3 access key and its secret are needed together")
	}
	proof := credentials.NewEnvAWS()
	if c.AccessKey != "" {
		proof = credentials.NewStaticV4(c.AccessKey, c.SecretKey, "")
	}
	client, err := minio.New(address.Host, &minio.Options{
		Creds: proof, Secure: address.Scheme == "https", Region: c.Region,
		Transport: newTransport(),
		// Who calls tries again, and says that it waits.
		MaxRetries: 2,
	})
	if err != nil {
		return nil, fmt.Errorf("the S3 store %s: %w", c.Endpoint, err)
	}
	return client, nil
}
