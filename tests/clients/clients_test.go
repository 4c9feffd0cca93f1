package clients

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	_ "github.com/oapi-codegen/runtime" // what is generated imports it
	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
)

// root is the root of the repository.
const root = "../.."

// run runs a program and gives what it prints.
func run(t *testing.T, dir, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = dir
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, said.String())
	}
	return out
}

var (
	once sync.Once
	base string
)

// server is the address of a server of what the program carries.
func server(t *testing.T) string {
	t.Helper()
	once.Do(func() { base = begin(t) })
	if base == "" {
		t.Fatal("the server did not begin")
	}
	return base
}

// ends are called when all tests have ended.
var ends []func()

func TestMain(m *testing.M) {
	code := m.Run()
	for _, end := range ends {
		end()
	}
	os.Exit(code)
}

func begin(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "assay-clients-")
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "assay")
	run(t, root, "go", "build", "-buildvcs=false", "-o", program, "./cmd/assay")
	cmd := exec.Command(program, "serve", "--listen", "127.0.0.1:0", "--access-log=false")
	home := filepath.Join(dir, "home")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "HOME="+home, "XDG_CACHE_HOME="+home, "XDG_DATA_HOME="+home, "XDG_CONFIG_HOME="+home)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ends = append(ends, func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
		_ = os.RemoveAll(dir)
	})
	at, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(strings.TrimSpace(at), "/")
}

// ask asks the server.
func ask(t *testing.T, path, accept string) (*http.Request, *http.Response) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server(t)+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", accept)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	return r, answer
}

func bodyOf(t *testing.T, answer *http.Response) []byte {
	t.Helper()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s, %v: %.300s", answer.Status, err, body)
	}
	return body
}

// The document is one of OpenAPI 3.1, and answers are what it says, also those that are
// errors.
func TestAnswersAreAsTheDocumentSays(t *testing.T) {
	_, answer := ask(t, "/openapi.json", "application/json")
	doc, err := libopenapi.NewDocument(bodyOf(t, answer))
	if err != nil {
		t.Fatal(err)
	}
	v, errs := validator.NewValidator(doc)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	if ok, errs := v.ValidateDocument(); !ok {
		for _, e := range errs {
			t.Errorf("the document: %v", e)
		}
	}
	for path, want := range map[string]int{
		"/survey": 200, "/surveys": 200, "/projects": 200, "/projects?all=true&limit=1000": 200, "/projects?columns=project,share,adopted,evidence&language=go&maturity=graduated&class=core": 200,
		"/projects/tikv": 200, "/projects/kubernetes?language=go": 200, "/projects/tikv/history?limit=10": 200, "/projects/tikv/repositories": 200,
		"/repositories/github.com/tikv/tikv": 200, "/languages?limit=1000": 200, "/languages/rust": 200, "/compare?project=tikv&project=linkerd": 200,
		"/compare?language=rust&language=go": 200, "/dictionary": 200, "/dictionary/usage": 200, "/tables/usage?language=Rust": 200, "/tables/gap": 200,
		"/projects/nobody": 404, "/projects?limit=0": 422, "/projects?columns=nothing": 400, "/tables/none": 404,
	} {
		r, answer := ask(t, "/api/v1"+path, "application/json")
		if answer.StatusCode != want {
			t.Errorf("%s: %s", path, answer.Status)
		}
		if ok, errs := v.ValidateHttpResponse(r, answer); !ok {
			for _, e := range errs {
				t.Errorf("%s: %s: %s", path, e.Message, e.Reason)
				for _, s := range e.SchemaValidationErrors {
					t.Errorf("  %s: %s", s.FieldPath, s.Reason)
				}
			}
		}
	}
}

// An answer that is not as the document says is seen.
func TestAnotherAnswerIsSeen(t *testing.T) {
	_, answer := ask(t, "/openapi.json", "application/json")
	doc, err := libopenapi.NewDocument(bodyOf(t, answer))
	if err != nil {
		t.Fatal(err)
	}
	v, errs := validator.NewValidator(doc)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	r, answer := ask(t, "/api/v1/projects/tikv", "application/json")
	body := string(bodyOf(t, answer))
	for was, is := range map[string]string{`"position":`: `"place":`, `"as_of":"`: `"as_of":1,"x":"`} {
		answer.Body = io.NopCloser(strings.NewReader(strings.Replace(body, was, is, 1)))
		if ok, _ := v.ValidateHttpResponse(r, answer); ok {
			t.Errorf("with %s in the place of %s nothing is wrong", is, was)
		}
	}
}

// Every table of the dictionary has rows as the document describes them.
func TestRowsAreAsTheDictionarySays(t *testing.T) {
	_, answer := ask(t, "/openapi.json", "application/json")
	var doc struct {
		Components struct {
			Schemas map[string]struct {
				Properties map[string]any
				Required   []string
			}
		}
	}
	if err := json.Unmarshal(bodyOf(t, answer), &doc); err != nil {
		t.Fatal(err)
	}
	_, answer = ask(t, "/api/v1/dictionary", "application/json")
	var dictionary struct {
		Tables []struct{ Name string }
	}
	if err := json.Unmarshal(bodyOf(t, answer), &dictionary); err != nil {
		t.Fatal(err)
	}
	for _, table := range dictionary.Tables {
		var name strings.Builder
		for word := range strings.SplitSeq(table.Name, "_") {
			name.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
		_, answer := ask(t, "/api/v1/tables/"+table.Name+"?limit=5", "application/json")
		var page struct{ Rows []map[string]any }
		if err := json.Unmarshal(bodyOf(t, answer), &page); err != nil {
			t.Fatal(err)
		}
		schema := doc.Components.Schemas[name.String()+"Row"]
		for _, row := range page.Rows {
			if len(row) != len(schema.Properties) || len(row) != len(schema.Required) {
				t.Errorf("%s has %d fields, and %d are described", table.Name, len(row), len(schema.Properties))
			}
		}
	}
}

// A client that is generated from the document compiles, and reads what there is.
func TestGeneratedClient(t *testing.T) {
	dir := t.TempDir()
	_, answer := ask(t, "/openapi-3.0.json", "application/json")
	document, generated, overlay := filepath.Join(dir, "openapi.json"), filepath.Join(dir, "client.go"), filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(document, bodyOf(t, answer), 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, ".", "go", "tool", "oapi-codegen", "-generate", "types,client", "-package", "main", "-o", generated, document)
	here, err := filepath.Abs("reader")
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(map[string]any{"Replace": map[string]string{filepath.Join(here, "client.go"): generated}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(overlay, text, 0o600); err != nil {
		t.Fatal(err)
	}
	out := string(run(t, ".", "go", "run", "-tags", "generated", "-overlay", overlay, "./reader", server(t)))
	for _, want := range []string{"survey of ", "tikv is core of ", "the first of "} {
		if !strings.Contains(out, want) {
			t.Errorf("the client says %q", out)
		}
	}
}
