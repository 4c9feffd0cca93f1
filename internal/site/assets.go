package site

import (
	"embed"
	"io"

	"assay/internal/chart"
)

// The script is made of assets/src, by esbuild; a test holds the two together.
//
//go:generate go tool -modfile=../../tools/go.mod esbuild --bundle --minify --format=iife --target=es2020 --log-level=warning --outfile=assets/site.js assets/src/site.js

//go:embed assets/site.css assets/site.js assets/icon.svg
var files embed.FS

// assets names the files that all pages share.
func (s *Site) assets() {
	s.file("assets/site.js", javascript, nil)
	s.file("assets/icon.svg", svgType, nil)
	s.file("assets/site.css", css, []byte(chart.CSS()))
	s.add(marker, jsonType, func(w io.Writer) error {
		return writeJSON(w, struct {
			AsOf      string `json:"as_of"`
			Landscape string `json:"landscape"`
			Language  string `json:"language"`
		}{string(s.model.AsOf), s.model.Landscape.Evidence.String(), s.opts.Language})
	})
}

// file names a file of the program, with what is put behind it.
func (s *Site) file(path, kind string, more []byte) {
	s.add(path, kind, func(w io.Writer) error {
		body, err := files.ReadFile(path)
		if err != nil {
			return err
		}
		_, err = w.Write(append(body, more...))
		return err
	})
}
