package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
)

// killing runs a replay whose processes are killed, each time starting again what
// was killed.
type killing struct {
	*desk
	conn     *stream.Conn
	replay   string // its name
	captures int

	kills   int
	victims list // what was killed when, and what was in flight
}

type list []string

func (l list) String() string { return strings.Join(l, "; ") }

// run kills indexer, extractor and command equally often, spread over the replay.
func (k *killing) run(ctx context.Context, kills int) error {
	chance := rand.New(rand.NewPCG(k.seed, 3))
	var victims []string
	var at []int
	for i := range kills {
		victims = append(victims, []string{"indexer", "extractor", "copydesk"}[i%3])
		at = append(at, int((0.02+0.9*chance.Float64())*float64(k.captures)))
	}
	chance.Shuffle(kills, func(i, j int) { victims[i], victims[j] = victims[j], victims[i] })
	slices.Sort(at)
	for i, victim := range victims {
		if err := k.goOn(ctx); err != nil {
			return err
		}
		if err := until(ctx, k.conn, k.replay, at[i]); err != nil {
			return err
		}
		if err := k.goOn(ctx); err != nil { // it may have ended while the indexer began
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(chance.Float64() * float64(300*time.Millisecond))):
		}
		flight, err := k.inFlight(ctx)
		if err != nil {
			return err
		}
		k.kill(victim)
		k.kills++
		k.victims = append(k.victims, fmt.Sprintf("%s at %d with %s", victim, at[i], flight))
		if victim != "copydesk" {
			if err := k.start(ctx, victim); err != nil {
				return err
			}
		}
	}
	k.kill("copydesk")
	return nil
}

// goOn has the same command go on, where it was killed or the indexer was.
func (k *killing) goOn(ctx context.Context) error {
	if err := k.ready(ctx, k.conn, []string{"indexer", "extractor"}); err != nil || !k.over("copydesk") {
		return err
	}
	delete(k.running, "copydesk")
	return k.start(ctx, "copydesk", k.args()...)
}

func (k *killing) args() []string { return []string{"replay", "--run", k.replay} }

// until waits until a replay has so many results.
func until(ctx context.Context, conn *stream.Conn, replay string, results int) error {
	for {
		// What does not answer was just killed, or does not know the replay yet.
		run, err := stateOf(ctx, conn, replay)
		if err == nil && run.Ended >= int64(results) {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// stateOf is how far a replay is.
func stateOf(ctx context.Context, conn *stream.Conn, name string) (store.RunState, error) {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	var reply api.RunsListReply
	if err := conn.Request(ctx, api.RunsList, api.RunsListRequest{Name: name}, &reply); err != nil {
		return store.RunState{}, err
	}
	return reply.Runs[0], nil
}

// inFlight tells what of a replay is on its way.
func (k *killing) inFlight(ctx context.Context) (string, error) {
	all, err := k.conn.Streams(ctx)
	if err != nil {
		return "", err
	}
	readers := map[string]stream.ReaderStatus{}
	for _, s := range all {
		for _, r := range s.Readers {
			readers[r.Name] = r
		}
	}
	pages, results := readers["extract-replay"], readers["index-replay"]
	return fmt.Sprintf("%d pages in hand and %d waiting, %d results in hand and %d waiting", pages.InHand, pages.Pending, results.InHand, results.Pending), nil
}
