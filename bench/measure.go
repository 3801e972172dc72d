package main

import (
	"cmp"
	"runtime"
	"slices"
	"syscall"
	"time"
)

// cost is what a system took for all pages once.
type cost struct {
	cpu           time.Duration
	allocs, bytes uint64
}

// figures are a system's costs, one a round.
type figures struct {
	name   string
	rounds []cost
}

// measure has every system read all pages in every round, each from an empty
// heap. The systems take turns, so that what else the machine does disturbs all
// alike; a first round warms up and is not counted.
func measure(systems []system, pages []page, rounds int) []figures {
	all := make([]figures, len(systems))
	for i, s := range systems {
		all[i].name = s.name
	}
	for round := range rounds + 1 {
		for i, s := range systems {
			c := costOf(func() {
				for _, p := range pages {
					s.read(p)
				}
			})
			if round > 0 {
				all[i].rounds = append(all[i].rounds, c)
			}
		}
	}
	return all
}

// costOf is what the work takes of the whole process: with one thread of Go,
// its own time and that of the collector.
func costOf(work func()) cost {
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := cpuTime()
	work()
	cpu := cpuTime() - start
	runtime.ReadMemStats(&after)
	return cost{cpu, after.Mallocs - before.Mallocs, after.TotalAlloc - before.TotalAlloc}
}

// cpuTime is the time that the process has spent computing, in user and in
// system mode.
func cpuTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err) // only a wrong argument is an error
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// typical is the median of each figure.
func (f *figures) typical() cost {
	return cost{
		median(f.rounds, func(c cost) time.Duration { return c.cpu }),
		median(f.rounds, func(c cost) uint64 { return c.allocs }),
		median(f.rounds, func(c cost) uint64 { return c.bytes }),
	}
}

func median[From any, T cmp.Ordered](rounds []From, figure func(From) T) T {
	values := make([]T, len(rounds))
	for i, r := range rounds {
		values[i] = figure(r)
	}
	slices.Sort(values)
	return values[len(values)/2]
}
