// Package telemetry sends traces and metrics of requests to a collector of
// OpenTelemetry, where the environment names one. Where it names none nothing is made,
// and requests cost nothing more.
package telemetry

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetrichttp"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"

	"assay/internal/errkind"
)

// Variables of the environment that say what is sent. All others of the specification for
// the exporter and the SDK count too: headers, certificates, sampling and the like.
const (
	endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT"
	traces   = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"
	metrics  = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"
	protocol = "OTEL_EXPORTER_OTLP_PROTOCOL"
	disabled = "OTEL_SDK_DISABLED"
	// An exporter of "none" sends nothing.
	traceExporter  = "OTEL_TRACES_EXPORTER"
	metricExporter = "OTEL_METRICS_EXPORTER"
	none           = "none"
)

// A Telemetry sends what it is told. Use Start.
type Telemetry struct {
	// Wrap puts it around what serves; nil where nothing is sent.
	Wrap func(http.Handler) http.Handler
	// Stop sends what is left.
	Stop func(context.Context) error
}

// Start begins to send, as the environment says.
func Start(ctx context.Context, getenv func(string) string, version string) (*Telemetry, error) {
	trace := wanted(getenv, traces, traceExporter)
	metric := wanted(getenv, metrics, metricExporter)
	if strings.EqualFold(getenv(disabled), "true") || !trace && !metric {
		return &Telemetry{Stop: func(context.Context) error { return nil }}, nil
	}
	if p := getenv(protocol); p != "" && p != "http/protobuf" {
		return nil, errkind.WithHint(errkind.Errorf(errkind.Usage, "%s=%s is not spoken", protocol, p), "name an endpoint that takes http/protobuf, and leave the protocol out")
	}
	about, err := resource.New(ctx, resource.WithAttributes(attribute.String("service.name", "assay"), attribute.String("service.version", version)),
		resource.WithFromEnv(), resource.WithTelemetrySDK())
	if err != nil {
		return nil, errkind.Errorf(errkind.Usage, "telemetry: %w", err)
	}
	options := []otelhttp.Option{otelhttp.WithPropagators(propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{}))}
	var stops []func(context.Context) error
	if trace {
		to, err := otlptracehttp.New(ctx)
		if err != nil {
			return nil, errkind.Errorf(errkind.Usage, "telemetry: %w", err)
		}
		provider := sdktrace.NewTracerProvider(sdktrace.WithBatcher(to), sdktrace.WithResource(about))
		options, stops = append(options, otelhttp.WithTracerProvider(provider)), append(stops, provider.Shutdown)
	}
	if metric {
		to, err := otlpmetrichttp.New(ctx)
		if err != nil {
			return nil, errkind.Errorf(errkind.Usage, "telemetry: %w", err)
		}
		provider := sdkmetric.NewMeterProvider(sdkmetric.WithReader(sdkmetric.NewPeriodicReader(to)), sdkmetric.WithResource(about))
		options, stops = append(options, otelhttp.WithMeterProvider(provider)), append(stops, provider.Shutdown)
	}
	return &Telemetry{
		Wrap: func(h http.Handler) http.Handler { return otelhttp.NewHandler(h, "assay", options...) },
		Stop: func(ctx context.Context) error {
			var errs []error
			for _, stop := range stops {
				errs = append(errs, stop(ctx))
			}
			return errors.Join(errs...)
		},
	}, nil
}

// wanted reports whether something is sent: an endpoint is named for it, or for all.
func wanted(getenv func(string) string, own, exporter string) bool {
	return getenv(exporter) != none && (getenv(endpoint) != "" || getenv(own) != "")
}
