package service

import (
	"time"

	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/stream"
)

// Broker is the connection that the settings ask for. name is what the broker
// shows for it.
func Broker(s config.NATS, name string) stream.Config {
	return stream.Config{
		URL: s.URL, Creds: s.Creds, NKey: s.NKey,
		User: s.User, Password: string(s.Password), Token: string(s.Token),
		TLSCA: s.CA, TLSCert: s.Cert, TLSKey: s.Key, Name: name,
	}
}

// Address is where the settings say that the broker is, for people: without
// credentials, and with the variable or the place in the file that it is from.
func Address(s config.NATS) string {
	if s.URL == "" {
		return "the broker of this machine"
	}
	if s.From == "" {
		return stream.Address(s.URL)
	}
	return stream.Address(s.URL) + " (from " + s.From + ")"
}

// withStreams adds what the settings say of streams and attempts.
func withStreams(c stream.Config, s config.Stream) stream.Config {
	c.AckWait = s.AckWait
	c.MaxAttempts = int(s.MaxAttempts)
	c.RetryBase = s.RetryBase
	c.Topology = Topology(s)
	return c
}

// Topology is the streams that the settings ask for; see [stream.Topology].
func Topology(s config.Stream) stream.Topology {
	return stream.Topology{
		Replicas: int(s.Replicas),
		Fetch:    stream.Limit{Messages: int64(s.FetchJobs)},
		Raw:      stream.Limit{Bytes: int64(s.RawBytes), Age: s.RawAge},
		Article:  stream.Limit{Bytes: int64(s.ArticleBytes), Age: s.ArticleAge},
	}
}

// syncInterval is how often the embedded broker flushes, 0 for before every
// acknowledgement.
func syncInterval(setting string) time.Duration {
	interval, err := time.ParseDuration(setting)
	if err != nil {
		return 0 // "always"
	}
	return interval
}
