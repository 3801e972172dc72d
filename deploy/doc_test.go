// Package deploy_test holds the files of this folder to what they say: it boots
// nats.conf and cluster.conf on the real server, runs every program under its
// own user alone, and reads the others as their programs would.
package deploy_test
