package campaign_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/godwit-rdma/godwit/internal/campaign"
)

func square(_ context.Context, _, i int) (int, error) { return i * i, nil }

// TestOrder: results come in the order of the runs, and the lowest run that ends a campaign ends it, with any number of
// workers.
func TestOrder(t *testing.T) {
	for _, workers := range []int{0, 1, 7} {
		var got []int
		next, err := campaign.Run(t.Context(), campaign.Plan{First: 3, End: 500, Workers: workers}, square, func(i, r int) bool {
			if r != i*i {
				t.Fatalf("run %d has result %d", i, r)
			}
			got = append(got, i)
			return i%60 != 59
		})
		if err != nil || next != 60 || len(got) != 57 || !slices.IsSorted(got) || got[0] != 3 {
			t.Errorf("%d workers: %v, next %d, %v", workers, err, next, got)
		}
	}
}

// TestError: the lowest run that fails ends the campaign, though a later one failed first.
func TestError(t *testing.T) {
	low, high := errors.New("low"), errors.New("high")
	failed := make(chan struct{})
	next, err := campaign.Run(t.Context(), campaign.Plan{End: 9, Workers: 2}, func(_ context.Context, _, i int) (int, error) {
		switch i {
		case 0:
			<-failed
		case 1:
			defer close(failed)
			return 0, high
		case 2:
			return 0, low
		}
		return 0, nil
	}, func(int, int) bool { return true })
	if err != high || next != 1 {
		t.Errorf("%v, next %d", err, next)
	}
}

// TestInterrupted: a campaign that is interrupted and goes on where it says gives the same as one that is not. Progress
// counts from the beginning.
func TestInterrupted(t *testing.T) {
	var mu sync.Mutex
	sum := 0
	take := func(_, r int) bool { sum += r; return true }
	ctx, cancel := context.WithCancel(t.Context())
	next, err := campaign.Run(ctx, campaign.Plan{End: 1000, Workers: 3}, func(ctx context.Context, w, i int) (int, error) {
		mu.Lock()
		defer mu.Unlock()
		if i == 300 {
			cancel()
		}
		return square(ctx, w, i)
	}, take)
	if err != nil || next < 290 || next > 300 {
		t.Fatalf("%v, next %d", err, next)
	}
	last := int64(0)
	next, err = campaign.Run(t.Context(), campaign.Plan{First: next, End: 1000, Progress: func(n int64) { last = n }}, square, take)
	if want := 999 * 1000 * 1999 / 6; err != nil || next != 1000 || last != 1000 || sum != want {
		t.Errorf("%v, next %d, progress %d, sum %d want %d", err, next, last, sum, want)
	}
}

// TestNothing: a plan without runs.
func TestNothing(t *testing.T) {
	next, err := campaign.Run(t.Context(), campaign.Plan{First: 5, End: 5}, square, func(int, int) bool { return true })
	if err != nil || next != 5 {
		t.Errorf("%v, next %d", err, next)
	}
}
