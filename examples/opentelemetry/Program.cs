// Any program that is instrumented for OpenTelemetry needs no line about costs. Where its traces go is said from outside:
//   OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:5000 OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf \
//   OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20$KEY dotnet run -- 0198d0c6-0000-7000-8000-000000000002
using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;

using var pipeline = new ActivitySource("podcast-pipeline");
using var traces = Sdk.CreateTracerProviderBuilder().AddSource(pipeline.Name).AddOtlpExporter().Build();

using (pipeline.StartActivity("write an episode"))
{
    // What an instrumented client of Gemini does for you: one span a call.
    using var call = pipeline.StartActivity("generate_content gemini-2.5-flash", ActivityKind.Client);
    call?.SetTag("gen_ai.provider.name", "gcp.gemini")
        .SetTag("gen_ai.operation.name", "generate_content")
        .SetTag("gen_ai.request.model", "gemini-2.5-flash")
        .SetTag("gen_ai.usage.input_tokens", 1_200)
        .SetTag("gen_ai.usage.output_tokens", 300);
    // The only word about costs: who is charged. A processor that copies baggage to spans can say it instead, once for all calls.
    if (args is [var episode])
        call?.SetTag("podcasto.episode_id", episode);
}
