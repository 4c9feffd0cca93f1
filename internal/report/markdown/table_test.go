package markdown

import (
	"strings"
	"testing"
)

func TestRenderTable(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	err := RenderTable(&b, []string{"PROJECT", "BYTES"}, []bool{false, true}, [][]string{{"a|b\n*c*", "1,234+"}, {"<script>", "unknown"}})
	want := "| PROJECT | BYTES |\n| --- | ---: |\n| a&#124;b \\*c\\* | 1,234+ |\n| &lt;script&gt; | unknown |\n"
	if err != nil || b.String() != want {
		t.Errorf("%v\n%s\nwant\n%s", err, b.String(), want)
	}
}
