package claim

import (
	"strings"

	"assay/internal/verify/page"
)

// Numbers that are written as words: those that stand alone, and what they are
// multiplied by.
var (
	units = map[string]float64{
		"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
	}
	teens = map[string]float64{
		"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
		"nineteen": 19,
	}
	tens = map[string]float64{
		"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	}
	multiples = map[string]float64{"dozen": 12, "hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9}
)

// A spelling is a number in words that is being read.
type spelling struct {
	sum, part float64 // of the thousands before, and of what was read since
	last      string  // word
	round     bool    // a number of hundreds or more
}

// inWords reads a number in words: "twelve", "twenty-four", "a hundred thousand".
// One of hundreds or more is meant to be about right.
func inWords(s string, i int) (token, bool) {
	sp, end := spelling{}, i
	for at := i; ; {
		word := strings.ToLower(s[at:min(wordEnd(s, at), at+12)])
		if !sp.take(word) {
			break
		}
		at += len(word)
		if word != "a" && word != "and" {
			end = at
		}
		if at+1 >= len(s) || s[at] != ' ' && s[at] != '-' || !isAlnum(s[at+1]) {
			break
		}
		at++
	}
	if end == i || !ends(s, end) {
		return token{}, false
	}
	t := token{Span: page.Span{From: i, To: end}, form: isNumber, num: Quantity{Value: sp.sum + sp.part}, word: true}
	if t.num.Bound = before(s[:i]); sp.round && t.num.Bound == Exactly {
		t.num.Bound = About
	}
	return t, true
}

// take reads one more word; false when it does not belong to the number.
func (sp *spelling) take(word string) bool {
	var ok bool
	switch {
	case word == "a":
		ok = sp.last == ""
	case word == "and":
		ok = sp.last == "hundred" || sp.last == "thousand"
	case multiples[word] > 0:
		ok = sp.multiply(word)
	default:
		ok = sp.add(word)
	}
	if ok {
		sp.last = word
	}
	return ok
}

func (sp *spelling) add(word string) bool {
	v, isUnit := units[word]
	if !isUnit {
		var known bool
		if v, known = teens[word]; !known {
			if v, known = tens[word]; !known {
				return false
			}
		}
	}
	switch afterTens := tens[sp.last] > 0; {
	case sp.last == "", sp.last == "hundred", sp.last == "thousand", sp.last == "million", sp.last == "and":
	case !afterTens || !isUnit || v == 0:
		return false
	}
	sp.part += v
	return true
}

func (sp *spelling) multiply(word string) bool {
	if sp.last == "and" {
		return false
	}
	by := multiples[word]
	part := sp.part
	if sp.last == "" || sp.last == "a" {
		part = 1
	}
	if part == 0 {
		return false
	}
	if by < 1e3 {
		sp.part = part * by
	} else {
		sp.sum, sp.part = sp.sum+part*by, 0
	}
	sp.round = sp.round || by >= 100
	return true
}
