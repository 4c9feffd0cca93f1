package chart

import (
	"math"
	"strconv"
)

// periods are the places of figures in time, or in a row where their names are no
// dates.
type periods struct {
	names []string
	at    []float64 // in months, or the place in the row
	dated bool
}

// periodsOf reads names such as 2024, 2024-03 and 2024-03-31. When not all are dates, one
// after the other, they are names in a row.
func periodsOf(names []string, most int) periods {
	if len(names) > most {
		names = names[len(names)-most:]
	}
	p := periods{names: make([]string, len(names)), at: make([]float64, len(names)), dated: len(names) > 0}
	for i, name := range names {
		p.names[i] = Label(name)
		at, ok := month(name)
		p.at[i] = at
		p.dated = p.dated && ok && (i == 0 || at > p.at[i-1])
	}
	if !p.dated {
		for i := range p.at {
			p.at[i] = float64(i)
		}
	}
	return p
}

// month is the place of a date in months.
func month(date string) (at float64, ok bool) {
	year, rest, ok := digits(date, 4, 1, 9999)
	if !ok {
		return 0, false
	}
	at = float64(year * 12)
	if rest == "" {
		return at, true
	}
	m, rest, ok := dashed(rest, 12)
	if !ok {
		return 0, false
	}
	at += float64(m - 1)
	if rest == "" {
		return at, true
	}
	d, rest, ok := dashed(rest, 31)
	return at + float64(d-1)/31, ok && rest == ""
}

func dashed(s string, most int) (n int, rest string, ok bool) {
	if len(s) < 3 || s[0] != '-' {
		return 0, "", false
	}
	return digits(s[1:], 2, 1, most)
}

// digits reads a number of that many digits, within bounds.
func digits(s string, count, least, most int) (n int, rest string, ok bool) {
	if len(s) < count {
		return 0, "", false
	}
	for _, c := range []byte(s[:count]) {
		if c < '0' || c > '9' {
			return 0, "", false
		}
	}
	n, err := strconv.Atoi(s[:count])
	return n, s[count:], err == nil && n >= least && n <= most
}

// scale is the scale from the first to the last period.
func (p *periods) scale(from, to float64) scale {
	if len(p.at) == 0 {
		return scale{from: from, to: to}
	}
	return scale{p.at[0], p.at[len(p.at)-1], from, to}
}

// A tick is a place at the axis of time and what stands there.
type tick struct {
	at   float64
	text string
}

// steps are the distances of ticks, in months.
var steps = []int{1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000, 60000, 120000}

// ticks gives as many ticks as have room on s.
func (p *periods) ticks(s scale) []tick {
	if len(p.at) == 0 {
		return nil
	}
	if len(p.at) == 1 {
		return []tick{{p.at[0], fit(p.names[0], sizeLabel, s.to-s.from)}}
	}
	if !p.dated {
		return p.row(s)
	}
	pixels := (s.to - s.from) / (s.high - s.low) // a month
	for _, step := range steps {
		room := 58.0
		if step >= 12 {
			room = 42
		}
		if step < 12 && p.yearly() || float64(float64(step)*pixels) < room {
			continue
		}
		return dates(int(math.Ceil(s.low)), int(s.high), step)
	}
	return nil
}

// yearly reports whether all periods are years.
func (p *periods) yearly() bool { return len(p.names[0]) == 4 && len(p.names[len(p.names)-1]) == 4 }

// dates gives the ticks from low to high.
func dates(low, high, step int) []tick {
	var all []tick
	for m := (low + step - 1) / step * step; m <= high; m += step {
		text := strconv.Itoa(m / 12)
		if step < 12 {
			text += "-" + strconv.Itoa(100 + m%12 + 1)[1:]
		}
		all = append(all, tick{float64(m), text})
	}
	return all
}

// row gives the names that have room, every second or third one where they are long.
func (p *periods) row(s scale) []tick {
	pixels := (s.to - s.from) / (s.high - s.low)
	longest := 0.0
	for _, name := range p.names {
		longest = max(longest, min(textWidth(name, sizeLabel), 96))
	}
	every := 1
	for float64(float64(every)*pixels) < longest+10 && every < len(p.names) {
		every++
	}
	var all []tick
	for i := 0; i < len(p.names); i += every {
		all = append(all, tick{p.at[i], fit(p.names[i], sizeLabel, 96)})
	}
	return all
}

// span says from when to when: "2015 to 2025".
func (p *periods) span() string {
	if len(p.names) == 0 {
		return ""
	}
	first, last := told(p.names[0]), told(p.names[len(p.names)-1])
	if first == last {
		return first
	}
	return first + " to " + last
}
