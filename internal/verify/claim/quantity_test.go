package claim_test

import (
	"math"
	"testing"

	"assay/internal/verify/claim"
)

func TestFits(t *testing.T) {
	t.Parallel()
	tests := []struct {
		q        claim.Quantity
		measured float64
		want     bool
	}{
		{claim.Quantity{Value: 12}, 12, true},
		{claim.Quantity{Value: 12}, 13, false},
		{claim.Quantity{Value: 27e6, Slack: 5e5}, 26.93e6, true},
		{claim.Quantity{Value: 27e6, Slack: 5e5}, 26.4e6, false},
		{claim.Quantity{Value: 143, Bound: claim.AtLeast}, 143, true},
		{claim.Quantity{Value: 143, Bound: claim.AtLeast}, 142, false},
		{claim.Quantity{Value: 143, Bound: claim.AtLeast}, 300, true},
		{claim.Quantity{Value: 143, Bound: claim.Over}, 300, false}, // who says "over 143" means no 300
		{claim.Quantity{Value: 143, Bound: claim.AtMost}, 3, true},
		{claim.Quantity{Value: 143, Bound: claim.Under}, 3, false},
		{claim.Quantity{Value: 5, Bound: claim.Range, To: 9}, 9, true},
		{claim.Quantity{Value: 5, Bound: claim.Range, To: 9}, 10, false},
		{claim.Quantity{Value: 12.4, Slack: 0.05, Percent: true, Bound: claim.AtLeast}, 12.37, true},
		{claim.Quantity{Value: 3000, Slack: 500, Bound: claim.AtMost}, 3324, false},
		{claim.Quantity{Value: 3e6, Slack: 5e5, Bound: claim.AtLeast}, 2.6e6, false},
		{claim.Quantity{Value: 100, Bound: claim.About}, 108, true},
		{claim.Quantity{Value: 100, Bound: claim.About}, 120, false},
		{claim.Quantity{Value: 100, Bound: claim.About}, math.Inf(1), false},
		{claim.Quantity{Value: 100, Bound: claim.Nearly}, 96, true},
		{claim.Quantity{Value: 100, Bound: claim.Nearly}, 101, false},
	}
	for _, tt := range tests {
		if got := tt.q.Fits(tt.measured); got != tt.want {
			t.Errorf("%+v fits %v: %v", tt.q, tt.measured, got)
		}
	}
}
