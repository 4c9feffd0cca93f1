package telemetry_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"assay/internal/errkind"
	"assay/internal/serve/telemetry"
)

// Where the environment names no collector, nothing is made.
func TestOff(t *testing.T) {
	t.Parallel()
	for _, env := range []map[string]string{
		{}, {"OTEL_SERVICE_NAME": "x"}, {"OTEL_SDK_DISABLED": "true", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1"},
		{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1", "OTEL_TRACES_EXPORTER": "none", "OTEL_METRICS_EXPORTER": "none"},
	} {
		got, err := telemetry.Start(t.Context(), func(name string) string { return env[name] }, "1")
		if err != nil || got.Wrap != nil || got.Stop(t.Context()) != nil {
			t.Errorf("%v: %v", env, err)
		}
	}
	_, err := telemetry.Start(t.Context(), func(name string) string {
		return map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}[name]
	}, "1")
	if errkind.Of(err) != errkind.Usage || errkind.Hint(err) == "" {
		t.Errorf("another protocol: %v", err)
	}
}

// What a collector is sent when a request was answered.
func TestOn(t *testing.T) { //nolint:paralleltest // the SDK reads the environment itself
	var mu sync.Mutex
	sent := map[string]string{}
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		sent[r.URL.Path] += string(body)
	}))
	defer collector.Close()
	env := map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": collector.URL, "OTEL_RESOURCE_ATTRIBUTES": "deployment.environment.name=invented"}
	for name, value := range env {
		t.Setenv(name, value)
	}
	told, err := telemetry.Start(t.Context(), func(name string) string { return env[name] }, "1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	h := told.Wrap(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/survey", nil))
	if w.Code != http.StatusTeapot {
		t.Errorf("the answer is %d", w.Code)
	}
	if err := told.Stop(context.WithoutCancel(t.Context())); err != nil {
		t.Error(err)
	}
	mu.Lock()
	defer mu.Unlock()
	for path, want := range map[string]string{"/v1/traces": "/api/v1/survey", "/v1/metrics": "http.server.request.duration"} {
		if !strings.Contains(sent[path], want) || !strings.Contains(sent[path], "invented") || !strings.Contains(sent[path], "1.2.3") {
			t.Errorf("%s was sent %q", path, sent[path])
		}
	}
}
