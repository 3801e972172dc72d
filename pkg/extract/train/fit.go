package main

import "math"

const (
	// restraint pulls the weights towards nothing, the base hardly.
	restraint, baseRestraint = 10, 1e-6
	// rounds is how many steps are taken at most; six are usual.
	rounds = 30
	// settled is the step, in log-odds, after which no other is taken.
	settled = 1e-6
)

// likely is how likely a block is the story's. The last weight is the base.
func (s *sample) likely(weights []float64) float64 {
	sum := weights[len(weights)-1]
	for _, k := range s.signs {
		sum += weights[k]
	}
	return 1 / (1 + math.Exp(-sum))
}

// fit finds the weights of n signs under which the samples are the least
// surprising, by Newton's method: logistic regression with a penalty on the
// squares of the weights. One fold of the samples may be left out, -1 for none.
func fit(samples []sample, n, without int) []float64 {
	weights := make([]float64, n+1)
	for range rounds {
		gradient := make([]float64, n+1)
		curve := make([][]float64, n+1)
		for i := range curve {
			curve[i] = make([]float64, n+1)
		}
		for i := range n + 1 {
			pull := float64(restraint)
			if i == n {
				pull = baseRestraint
			}
			gradient[i] = pull * weights[i]
			curve[i][i] = pull
		}
		for i := range samples {
			s := &samples[i]
			if s.fold == without {
				continue
			}
			p := s.likely(weights)
			miss := p
			if s.story {
				miss--
			}
			miss *= s.weight
			bend := s.weight * p * (1 - p)
			for a, k := range s.signs {
				gradient[k] += miss
				curve[n][k] += bend
				for _, j := range s.signs[a:] {
					curve[max(k, j)][min(k, j)] += bend
				}
			}
			gradient[n] += miss
			curve[n][n] += bend
		}
		step := solve(curve, gradient)
		largest := 0.0
		for i := range weights {
			weights[i] -= step[i]
			largest = max(largest, math.Abs(step[i]))
		}
		if largest < settled {
			break
		}
	}
	return weights
}

// solve finds x of a·x = b for a symmetric, positive a of which the lower half
// is given and overwritten, by Cholesky's method.
func solve(a [][]float64, b []float64) []float64 {
	n := len(b)
	x := append([]float64(nil), b...)
	for i := range n {
		for j := range i + 1 {
			sum := a[i][j]
			for k := range j {
				sum -= a[i][k] * a[j][k]
			}
			if i != j {
				a[i][j] = sum / a[j][j]
				continue
			}
			a[i][i] = math.Sqrt(sum)
		}
		for k := range i {
			x[i] -= a[i][k] * x[k]
		}
		x[i] /= a[i][i]
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			x[i] -= a[k][i] * x[k]
		}
		x[i] /= a[i][i]
	}
	return x
}
