package export

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"io/fs"
	"strings"

	"assay/internal/dataset/describe"
	"assay/internal/errkind"
	"assay/internal/file"
	"assay/internal/limit"
)

// earlier names the files of an export that is in the folder already. Where there is
// anything else, or something that was changed since, it is an error: what is in the
// way may be all that somebody has of it.
func earlier(folder *file.Folder, path string) ([]string, error) {
	entries, err := folder.Entries()
	if err != nil || len(entries) == 0 {
		return nil, err
	}
	refuse := func(why string, args ...any) error {
		err := errkind.Errorf(errkind.Usage, "write %q: "+why, append([]any{path}, args...)...)
		return errkind.WithHint(err, "name a folder that is empty, or not there yet")
	}
	sums := sumsOf(folder)
	if sums == nil {
		return nil, refuse("it holds files, and is no export of ours")
	}
	names := []string{describe.SumsFile}
	for _, e := range entries {
		switch want, known := sums[e.Name()]; {
		case e.Name() == describe.SumsFile:
			continue
		case !known || e.Type()&fs.ModeType != 0:
			return nil, refuse("it holds %q, which is not of the export there", e.Name())
		default:
			got, err := sumOf(folder.Old(e.Name()))
			if err != nil {
				return nil, err
			}
			if got != want {
				return nil, refuse("%q was changed since it was exported", e.Name())
			}
		}
		names = append(names, e.Name())
	}
	return names, nil
}

// sumsOf are the sums of the files of an export of ours by name; nil where there is none.
func sumsOf(folder *file.Folder) map[string]string {
	text, err := file.Read(folder.Old(describe.SumsFile), limit.ExportSums)
	if err != nil {
		return nil
	}
	sums := map[string]string{}
	for line := range strings.Lines(string(text)) {
		sum, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if !ok {
			return nil
		}
		sums[name] = sum
	}
	if sums[describe.PackageFile] == "" || !ours(folder) {
		return nil
	}
	return sums
}

// ours reports whether the data package in a folder says that we wrote it.
func ours(folder *file.Folder) bool {
	text, err := file.Read(folder.Old(describe.PackageFile), limit.ExportPackage)
	var p struct {
		Generator string `json:"generator"`
	}
	return err == nil && json.Unmarshal(text, &p) == nil && p.Generator == describe.Generator
}

// sumOf is the sum of a file.
func sumOf(path string) (string, error) {
	from, err := file.Open(path)
	if err != nil {
		return "", err
	}
	defer from.Close()
	h := sha256.New()
	if _, err := io.Copy(h, from); err != nil {
		return "", errkind.Errorf(errkind.Input, "read %q: %w", path, err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
