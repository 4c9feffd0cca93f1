package describe

import (
	"fmt"

	"assay/internal/dataset"
)

// context is that of Croissant 1.0: what is not of it is of schema.org.
var context = map[string]any{
	"@language": "en", "@vocab": "https://schema.org/", "sc": "https://schema.org/", "cr": "http://mlcommons.org/croissant/",
	"dct": "http://purl.org/dc/terms/", "rai": "http://mlcommons.org/croissant/RAI/", "conformsTo": "dct:conformsTo",
	"citeAs": "cr:citeAs", "column": "cr:column", "extract": "cr:extract", "field": "cr:field", "fileProperty": "cr:fileProperty",
	"fileObject": "cr:fileObject", "fileSet": "cr:fileSet", "format": "cr:format", "includes": "cr:includes",
	"isLiveDataset": "cr:isLiveDataset", "jsonPath": "cr:jsonPath", "key": "cr:key", "md5": "cr:md5",
	"parentField": "cr:parentField", "path": "cr:path", "recordSet": "cr:recordSet", "references": "cr:references",
	"regex": "cr:regex", "repeated": "cr:repeated", "replace": "cr:replace", "separator": "cr:separator", "source": "cr:source",
	"subField": "cr:subField", "transform": "cr:transform",
	"data":     map[string]string{"@id": "cr:data", "@type": "@json"},
	"dataType": map[string]string{"@id": "cr:dataType", "@type": "@vocab"},
	"examples": map[string]string{"@id": "cr:examples", "@type": "@json"},
}

// An id names a thing of the same document.
type id struct {
	ID string `json:"@id"`
}

type croissant struct {
	Context      map[string]any `json:"@context"`
	Type         string         `json:"@type"`
	ConformsTo   string         `json:"conformsTo"` //nolint:tagliatelle // the standard's name
	Name         string         `json:"name"`
	Description  string         `json:"description"`
	Version      string         `json:"version"`
	Temporal     string         `json:"temporalCoverage"` //nolint:tagliatelle // the standard's name
	BasedOn      string         `json:"isBasedOn"`        //nolint:tagliatelle // the standard's name
	Distribution []fileObject   `json:"distribution"`
	RecordSet    []recordSet    `json:"recordSet"` //nolint:tagliatelle // the standard's name
}

type fileObject struct {
	Type   string `json:"@type"`
	ID     string `json:"@id"`
	Name   string `json:"name"`
	URL    string `json:"contentUrl"`     //nolint:tagliatelle // the standard's name
	Size   string `json:"contentSize"`    //nolint:tagliatelle // the standard's name
	Format string `json:"encodingFormat"` //nolint:tagliatelle // the standard's name
	SHA256 string `json:"sha256"`
}

type recordSet struct {
	Type        string  `json:"@type"`
	ID          string  `json:"@id"`
	Name        string  `json:"name"`
	Description string  `json:"description"`
	Key         []id    `json:"key"`
	Field       []field `json:"field"`
}

type field struct {
	Type        string          `json:"@type"`
	ID          string          `json:"@id"`
	Name        string          `json:"name"`
	Description string          `json:"description"`
	DataType    string          `json:"dataType"` //nolint:tagliatelle // the standard's name
	Repeated    bool            `json:"repeated,omitempty"`
	References  *fieldReference `json:"references,omitempty"`
	Source      *fieldSource    `json:"source,omitempty"`
}

type fieldReference struct {
	Field id `json:"field"`
}

type fieldSource struct {
	FileObject id                `json:"fileObject"` //nolint:tagliatelle // the standard's name
	Extract    map[string]string `json:"extract"`
}

// dataTypes are what the kinds are to Croissant.
var dataTypes = map[dataset.Kind]string{
	dataset.Text: "sc:Text", dataset.Date: "sc:Date", dataset.Integer: "sc:Integer", dataset.Real: "sc:Float",
	dataset.Boolean: "sc:Boolean", dataset.List: "sc:Text", dataset.JSON: "sc:Text",
}

// Croissant is the export as Croissant has it, which is schema.org's Dataset.
func Croissant(x *Export) ([]byte, error) {
	c := croissant{
		Context: context, Type: "sc:Dataset", ConformsTo: "http://mlcommons.org/croissant/1.0",
		Name: fmt.Sprintf("assay-%s", x.Head.Survey.AsOf), Description: x.title() + ". " + x.about(),
		Version: string(x.Head.Survey.AsOf), Temporal: string(x.Head.Survey.AsOf), BasedOn: x.source().Path,
	}
	if c.BasedOn == "" {
		c.BasedOn = x.landscape()
	}
	for _, t := range x.files() {
		c.Distribution = append(c.Distribution, fileObject{
			Type: "cr:FileObject", ID: t.File, Name: t.File, URL: t.File, Size: fmt.Sprintf("%d B", t.Bytes),
			Format: x.Format.croissant(), SHA256: t.SHA256,
		})
	}
	for i := range x.Tables {
		c.RecordSet = append(c.RecordSet, x.recordSet(&x.Tables[i]))
	}
	return encode(&c)
}

// croissant is the type of files as readers of Croissant know it.
func (f Format) croissant() string {
	switch f {
	case Parquet:
		return "application/x-parquet"
	case JSONL:
		return "application/jsonlines"
	}
	return f.media()
}

func (x *Export) recordSet(t *Table) recordSet {
	r := recordSet{Type: "cr:RecordSet", ID: t.Name, Name: t.Name, Description: t.Meaning}
	for _, name := range t.Key() {
		r.Key = append(r.Key, id{t.Name + "/" + name})
	}
	for i := range t.Columns {
		c := &t.Columns[i]
		f := field{
			Type: "cr:Field", ID: t.Name + "/" + c.Name, Name: c.Name, Description: c.Meaning, DataType: dataTypes[c.Kind],
			Repeated: c.Kind == dataset.List && (x.Format == JSONL || x.Format == Parquet),
		}
		if table, column, ok := x.reference(c); ok {
			f.References = &fieldReference{id{table + "/" + column}}
		}
		if x.Format != SQLite { // of which Croissant cannot say where a column is
			f.Source = &fieldSource{FileObject: id{t.File}, Extract: map[string]string{"column": c.Name}}
		}
		r.Field = append(r.Field, f)
	}
	return r
}
