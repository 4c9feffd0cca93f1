package words_test

import (
	"testing"

	"assay/internal/fact"
	"assay/internal/finding/quantity"
	"assay/internal/finding/words"
)

func TestNotationOfBounds(t *testing.T) {
	t.Parallel()
	gap := quantity.Gap{Unread: 1}
	number := words.Number[int]
	for _, tt := range []struct {
		q            quantity.Of[int]
		cell, phrase string
	}{
		{quantity.Exact(1234), "1,234", "1,234"},
		{quantity.Exact(0), "0", "0"},
		{quantity.AtLeast(1234, gap), "1,234+", "at least 1,234"},
		{quantity.AtLeast(0, gap), "unknown", "unknown"},
		{quantity.AtMost(12, gap), "12?", "at most 12"},
		{quantity.Between(7, 5, 9, gap), "5 to 9", "5 to 9"},
		{quantity.Read(7, gap), "7?", "7 in what was read"},
		{quantity.Read(0, gap), "unknown", "unknown"},
		{quantity.Unknown[int](gap), "unknown", "unknown"},
	} {
		if got := words.Cell(tt.q, number); got != tt.cell {
			t.Errorf("cell of %s figure: %q, want %q", tt.q.State(), got, tt.cell)
		}
		if got := words.Phrase(tt.q, number); got != tt.phrase {
			t.Errorf("phrase of %s figure: %q, want %q", tt.q.State(), got, tt.phrase)
		}
	}
}

func TestDatesWithBounds(t *testing.T) {
	t.Parallel()
	gap := quantity.Gap{Stale: 1, Since: "2024-03-28"}
	day := fact.Date("2024-03-01")
	for want, got := range map[string]string{
		"2024-03-01":            words.LastDate(quantity.Exact(day)),
		"2024-03-01 or later":   words.LastDate(quantity.AtLeast(day, gap)),
		"2024-03-01 or earlier": words.FirstDate(quantity.AtMost(day, gap)),
		"2024-03-01+":           words.Cell(quantity.AtLeast(day, gap), words.Date),
		"by 2024-03-01":         words.Cell(quantity.AtMost(day, gap), words.Date),
		"unknown":               words.LastDate(quantity.Unknown[fact.Date](gap)),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestGap(t *testing.T) {
	t.Parallel()
	for want, g := range map[string]quantity.Gap{
		"":                        {},
		"1 repository not read":   {Unread: 1},
		"2 repositories not read": {Unread: 2},
		"1 repository read in part, 1 mirror ends before the day, the first on 2024-03-28": {Partial: 1, Stale: 1, Since: "2024-03-28"},
		"1 organisation not listed by its host, 3 files missing":                           {Open: 1, Files: 3},
	} {
		if got := words.Gap(g); got != want {
			t.Errorf("%+v is %q, want %q", g, got, want)
		}
	}
}

// The explained signs are those that are written.
func TestNotationIsExplained(t *testing.T) {
	t.Parallel()
	gap := quantity.Gap{Unread: 1}
	written := []string{
		words.Cell(quantity.Exact(1234), words.Number[int]), words.Cell(quantity.AtLeast(1234, gap), words.Number[int]),
		words.Cell(quantity.Between(0.123, 0, 1, gap), words.Percent), words.Cell(quantity.Between(6, 5, 9, gap), words.Number[int]),
		words.Cell(quantity.AtMost(fact.Date("2016-01-07"), gap), words.Date), words.Cell(quantity.Unknown[int](gap), words.Number[int]),
	}
	marks := words.Notation()
	if len(marks) != len(written) {
		t.Fatalf("%d signs are explained, and %d are written", len(marks), len(written))
	}
	for i, m := range marks {
		if m.Sign != written[i] {
			t.Errorf("%q is explained, and %q is written", m.Sign, written[i])
		}
	}
}

func TestCount(t *testing.T) {
	t.Parallel()
	gap := quantity.Gap{Unread: 1}
	for want, q := range map[string]quantity.Of[int]{
		"25":         quantity.Exact(25),
		"at least 8": quantity.AtLeast(8, gap),
		"at least 8 (10 in what was read, at most 33)": quantity.Between(10, 8, 33, gap),
		"at least 8 (at most 33)":                      quantity.Between(8, 8, 33, gap),
		"5 in what was read (at most 26)":              quantity.Between(5, 0, 26, gap),
		"0 in what was read (at most 26)":              quantity.Between(0, 0, 26, gap),
	} {
		if got := words.Count(q); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
