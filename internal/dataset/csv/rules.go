package csv

// Rules says what a reader of the files has to know.
func Rules() []string {
	return []string{
		"The files are CSV as RFC 4180 has it, in UTF-8, with a header and CRLF at the ends of lines. A line is a row.",
		"What is unknown or not there is an empty field. An empty list is []. 0 is 0. An empty text is \"\".",
		"Booleans are true and false. Lists and columns of kind json are JSON.",
		"A text has an apostrophe (') before it where it begins, white space and quotes aside, with one of = + - @ | % or its form in full width, so that " +
			"no spreadsheet takes it for a formula; and where it begins with an apostrophe itself. To read it, take one apostrophe away " +
			"from the beginning of a text. Numbers, dates, booleans, lists and JSON never have one.",
		"Characters that steer a terminal or are not seen are written as \\uXXXX in columns of kind text, as JSON has them (a character beyond " +
			"U+FFFF is two); so are a semicolon after which a formula could begin, and a backslash before what would look like such an escape. " +
			"No other backslash is special.",
	}
}
