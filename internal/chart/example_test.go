package chart_test

import (
	"fmt"

	"assay/internal/chart"
)

func Example() {
	c := &chart.Bars{
		Head:   chart.Head{Title: "Most Rust"},
		Names:  []string{"Weir", "Anvil", "Rill"},
		Unit:   chart.Bytes,
		Series: []chart.Series{{Name: "Rust", Values: []chart.Value{chart.Of(4.3e6), chart.Least(3.1e6), {}}}},
	}
	fmt.Println(c.Alt())
	head, rows := c.Table().Plain()
	fmt.Println(head)
	for _, row := range rows {
		fmt.Println(row)
	}
	// Output:
	// Bar chart of 3 names: the largest known is Weir with 4.3 MB, the smallest Anvil with at least 3.1 MB. Of 3 figures, 1 is a lower bound, 1 is unknown.
	// [name Rust Rust (certainty)]
	// [Weir 4300000 exact]
	// [Anvil 3100000 at least]
	// [Rill  unknown]
}
