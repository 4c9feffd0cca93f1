package plot

import (
	"cmp"
	"fmt"

	"assay/internal/badge"
	"assay/internal/finding/health"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
)

// A Saying is what a badge says of a project.
type Saying string

// The sayings.
const (
	Usage    Saying = "usage" // class and share
	Class    Saying = "class"
	Share    Saying = "share"
	Health   Saying = "health"
	Maturity Saying = "maturity"
)

// Sayings lists them.
func Sayings() []Saying { return []Saying{Usage, Class, Share, Health, Maturity} }

// Badge is a badge of a project: what the language is to it, or how it does. Label is the
// words at its left; "" takes the usual ones. What is said is one of [Sayings].
func (f *Frame) Badge(p *usage.Project, say Saying, label string) *badge.Badge {
	b := &badge.Badge{Label: cmp.Or(label, f.Language), Colour: ofClass(p.Class)}
	share := words.Cell(p.Quantities.Share, words.Percent)
	about := fmt.Sprintf("%s in %s on %s: ", f.Language, p.Name, f.AsOf)
	switch say {
	case Class:
		b.Message, b.Title = p.Cell(), about+p.Words()
	case Share:
		b.Message, b.Title = share, about+"share "+share
	case Health, Maturity:
		return f.standing(p, say, label)
	default:
		b.Message, b.Title = p.Cell()+" · "+share, about+p.Words()+", share "+share
	}
	return b
}

// standing is a badge on the project itself, whatever the language.
func (f *Frame) standing(p *usage.Project, say Saying, label string) *badge.Badge {
	b := &badge.Badge{Label: cmp.Or(label, string(say))}
	if say == Health {
		level := &p.Health.Overall
		b.Message, b.Colour = level.Level.To(level.Best), ofLevel(level.Level)
	} else {
		b.Message, b.Colour = profile.MaturityTitle(p.Maturity), ofMaturity(p.Maturity)
	}
	b.Title = fmt.Sprintf("%s of %s on %s: %s", say, p.Name, f.AsOf, b.Message)
	return b
}

func ofClass(c usage.Class) badge.Colour {
	switch c {
	case usage.Core:
		return badge.Strong
	case usage.Part:
		return badge.Middle
	case usage.Trace:
		return badge.Weak
	}
	return badge.Unknown
}

func ofLevel(l health.Level) badge.Colour {
	switch l {
	case health.Excellent, health.Good:
		return badge.Strong
	case health.Moderate:
		return badge.Middle
	case health.NeedsAttention:
		return badge.Weak
	}
	return badge.Unknown
}

func ofMaturity(maturity string) badge.Colour {
	switch profile.Level(maturity) {
	case "graduated":
		return badge.Strong
	case "incubating":
		return badge.Middle
	case "sandbox":
		return badge.Weak
	}
	return badge.Unknown
}
