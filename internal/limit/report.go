package limit

import "time"

// The limits on a report that is verified.
const (
	VerifyBytes    = 4 << 20
	VerifyLines    = 200_000
	VerifyBlank    = 1_000_000
	VerifyNesting  = 40
	VerifyNested   = 2_000_000
	VerifyNests    = 200_000
	VerifyColumns  = 200
	VerifyCells    = 1 << 18
	VerifyMarks    = 1 << 20
	VerifyInline   = 100
	VerifyText     = 32 << 10
	VerifyWork     = 1 << 31
	VerifySentence = 1000
	VerifyList     = 8000
	VerifyLabels   = 1000
	VerifyFigures  = 200_000
	VerifyClaims   = 40_000
	VerifyWays     = 16
	VerifyShown    = 100
	ClaimsBytes    = 16 << 20
	ClaimsDepth    = 8
	ClaimsText     = 4000
	ClaimsNames    = 5000
	ClaimsFaults   = 50
)

func verified() []Limit {
	const not = "The report is not verified."
	return []Limit{
		{"verify-bytes", VerifyBytes, Bytes, "The text is parsed in memory; the largest report known has 600 KB.", not},
		{"verify-lines", VerifyLines, "lines", "Each line that is not blank may be a block.", not},
		{"verify-blank", VerifyBlank, "lines", "Each blank line is held against all that is open.", not},
		{"verify-nesting", VerifyNesting, "levels", "The parser asks all lists and quotations around for each line.", not},
		{"verify-nested", VerifyNested, "lines", "The parser asks all lists and quotations that a line lies in; it counts for each of them, also where it is blank.", not},
		{"verify-nests", VerifyNests, "lists and quotations", "Each is a node of its own.", not},
		{"verify-columns", VerifyColumns, "columns", "Rows of a table are filled up to its head.", not},
		{"verify-cells", VerifyCells, "cells", "Rows that are too short are filled up, in all tables together.", not},
		{"verify-marks", VerifyMarks, "marks", "Brackets, stars, backquotes and the like may each be a node.", not},
		{"verify-inline", VerifyInline, "levels", "Marks within one another are read by calls within one another.", not},
		{"verify-text", VerifyText, Bytes, "What is found in a paragraph, item, cell or line of code is compared with the rest of it.", not},
		{"verify-work", VerifyWork, "steps", "The end of a mark is looked for in all of its paragraph; these are some seconds.", not},
		{"verify-sentence", VerifySentence, Bytes, "What a number is of is looked for in its sentence, to each side.", "The text around counts as the sentence."},
		{"verify-list", VerifyList, Bytes, "The end of a list of names is looked for behind each beginning; 600 names have as much.", "The list ends there."},
		{"verify-labels", VerifyLabels, "labels", "What a label says is remembered.", "It is worked out again."},
		{"verify-figures", VerifyFigures, "numbers", "Each number is looked at with what stands around it; those of a date count each.", not},
		{"verify-claims", VerifyClaims, "claims", "Each claim is judged and told; the largest report known has 5,000.", not},
		{"verify-ways", VerifyWays, "spellings", "Each number is held against all ways in which the report writes a figure.", "Further ways are not compared."},
		{"verify-shown", VerifyShown, "levels", "Browsers nest 512 elements.", "What is deeper is shown without its marks, lists and quotations."},
		{"claims-bytes", ClaimsBytes, Bytes, "Claims as data are parsed in memory; as many as a report may have take a third of it.", "The claims are not judged."},
		{"claims-depth", ClaimsDepth, "levels", "The parser calls itself for each level; a claim has three.", "The claims are not judged."},
		{"claims-text", ClaimsText, Bytes, "A text of a claim is a name, a word or a sentence.", "The claims are not judged."},
		{"claims-names", ClaimsNames, "names", "Each name is looked for among the names of all projects.", "The claims are not judged."},
		{"claims-faults", ClaimsFaults, "mistakes", "A file that is none of claims has a mistake a line.", "Further ones are not told, and not all are looked for."},
	}
}

// The limits on templates of reports, and on what a report tells.
const (
	TemplateBytes   = 1 << 20
	TemplateTime    = time.Minute
	TemplateSteps   = 2_000_000
	TemplateMade    = 64 << 20
	TemplateString  = 64 << 10
	TemplateWidth   = 1000
	TemplateNesting = 100
	TemplateReport  = 64 << 20
	PageText        = 4000
	ChartYears      = 60
)

func templates() []Limit {
	const not = "The report is not written."
	return []Limit{
		{"template-bytes", TemplateBytes, Bytes, "A template is parsed in memory.", "The command ends."},
		{"template-time", seconds(TemplateTime), Seconds, "No count bounds all work; the built-in report takes a second.", not},
		{"template-steps", TemplateSteps, "steps", "A template can count to any number; the report on the CNCF's landscape takes an eighth.", not},
		{"template-made", TemplateMade, Bytes, "Functions can be given the same text again and again.", not},
		{"template-string", TemplateString, Bytes, "A template can double a string.", not},
		{"template-width", TemplateWidth, "characters", "A number can be filled up to any width.", not},
		{"template-nesting", TemplateNesting, "levels", "A template can call itself.", not},
		{"template-report", TemplateReport, Bytes, "A report is held in memory until it is whole.", not},
		{"page-text", PageText, Bytes, "Names and descriptions of projects stand in a table.", "The text is cut."},
		{"chart-years", ChartYears, "years", "A doubtful date must not make an axis absurdly long.", "The chart shows the years that are known alone."},
	}
}

// The limits on charts, of which names and figures come from anybody.
const (
	ChartText    = 2000
	ChartLink    = 2000
	ChartPeriods = 5000
	ChartSeries  = 24
	ChartBars    = 400
	ChartDots    = 500
	ChartRows    = 200
	ChartPoints  = 12_000
	ChartCells   = 10_000
	ChartTiles   = 3000
	ChartGroups  = 60
	ChartTable   = 20_000
	ChartTitles  = 256 << 10
	ChartPixels  = 32 << 20
	ChartAlt     = 600
)

func charts() []Limit {
	const told = "Further ones are not drawn, which the description says."
	return []Limit{
		{"chart-text", ChartText, Bytes, "A text is drawn and repeated where a reader points at it.", "The text is cut."},
		{"chart-link", ChartLink, Bytes, "Browsers take addresses of about this length.", "There is no link."},
		{"chart-periods", ChartPeriods, "periods", "A picture has a thousand pixels; 400 years have this many months.", "Earlier ones are not drawn, which the description says."},
		{"chart-series", ChartSeries, "series", "Eight colours can be told apart.", told},
		{"chart-points", ChartPoints, "points", "Each point of a line may be an element of the page.", "Of neighbours the first, last, least and largest are drawn, and one that is not exact."},
		{"chart-bars", ChartBars, "bars", "A picture of bars grows with them.", told},
		{"chart-dots", ChartDots, "rows", "A picture of dots grows with them.", told},
		{"chart-rows", ChartRows, "rows", "A picture of cells grows with its rows.", told},
		{"chart-cells", ChartCells, "cells", "Each cell is an element of the page.", told},
		{"chart-tiles", ChartTiles, "tiles", "Each tile is an element of the page; the CNCF's landscape has 1,200.", "The smallest are one tile together."},
		{"chart-groups", ChartGroups, "groups", "A group of tiles has a name of its own.", "The smallest are one tile together."},
		{"chart-table", ChartTable, "rows", "The table of a chart stands in the page.", "Further rows are left out, which the description says."},
		{"chart-titles", ChartTitles, Bytes, "Names and links of tiles and cells stand in the page; each gets an equal part of it.", "Longer names are cut, longer links dropped."},
		{"chart-pixels", ChartPixels, "pixels", "A picture is painted in memory, four bytes a pixel.", "The picture is not painted."},
		{"chart-alt", ChartAlt, Bytes, "Who hears the text in place of a picture cannot skip in it; names in it come from anybody.", "The text is cut; the picture has it whole."},
	}
}
