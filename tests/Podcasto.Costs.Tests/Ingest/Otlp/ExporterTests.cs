using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Ingest.Otlp;

/// <summary>The stock exporter of OpenTelemetry sends to the real server, and the books are right.</summary>
public sealed class ExporterTests
{
    private const string Episode = "0198d0c6-0000-7000-8000-0000000000e1";
    private const string Podcast = "0198d0c6-0000-7000-8000-0000000000d1";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_the_stock_exporter_sends_is_in_the_books(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var server = await ServerProcess.StartAsync(database);
        foreach (var service in (string[])["gemini_text", "gemini_tts"])
        {
            var price =
                $$"""{"service":"{{service}}","unit":"tokens","unit_cost_usd":"0.50","unit_quantity":1000000,"effective_from":"2025-01-01T00:00:00Z"}""";
            Assert.Equal(201, (await server.Client.PostAsync("/api/v1/pricing", price)).Status);
        }

        using var source = new ActivitySource($"podcast-pipeline-{engine}");
        using (var provider = Provider(server, source.Name))
        {
            for (var run = 0; run < 300; run++)
                Run(source);
            Assert.True(provider.ForceFlush());
        }

        // 300 runs of 150 tokens of text and 1,050 of speech; what their agents and tools repeat is not counted.
        var episode = await server.Client.GetJsonAsync($"/api/v1/episodes/{Episode}/costs");
        Assert.Equal(("0.0225", "0.1575"), ((string)episode["ai_text_cost_usd"]!, (string)episode["ai_tts_cost_usd"]!));
        Assert.Equal(("0.18", "360000"), ((string)episode["total_cost_usd"]!, (string)episode["total_tokens"]!));
        Assert.Equal(600, (int)episode["event_count"]!);
        Assert.Equal(Podcast, (string)episode["podcast_id"]!);
        var unpriced = await server.Client.GetJsonAsync("/api/v1/costs?granularity=total&group_by=service,model");
        Assert.Equal(["gemini_tts", "gemini_text"], unpriced["items"]!.AsArray().Select(item => (string)item!["service"]!));
    }

    private static TracerProvider Provider(ServerProcess server, string source) =>
        Sdk.CreateTracerProviderBuilder()
            .AddSource(source)
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddAttributes([new("podcasto.podcast_id", (object)Podcast)]))
            .AddOtlpExporter(options =>
            {
                options.Protocol = OtlpExportProtocol.HttpProtobuf;
                options.Endpoint = new Uri(server.Client.BaseAddress!, "/v1/traces");
                options.Headers = $"authorization=Bearer%20{PodcastoCostsApp.AdminKey}";
            })
            .Build();

    private static void Run(ActivitySource source)
    {
        using var agent = source.StartActivity("invoke_agent writer")!;
        Describe(agent, "invoke_agent", 1_000, 200);
        using (var chat = source.StartActivity("chat gemini-2.5-flash", ActivityKind.Client)!)
        {
            Describe(chat, "chat", 100, 50);
            using var http = source.StartActivity("POST", ActivityKind.Client)!;
            http.SetTag("http.request.method", "POST");
        }

        using (var tool = source.StartActivity("execute_tool speak")!)
        {
            tool.SetTag("gen_ai.operation.name", "execute_tool");
            using var speech = source.StartActivity("generate_content", ActivityKind.Client)!;
            Describe(speech, "generate_content", 50, 1_000);
            speech.SetTag("gen_ai.output.type", "speech");
        }
    }

    private static void Describe(Activity activity, string operation, int input, int output)
    {
        activity.SetTag("gen_ai.provider.name", "gcp.gemini");
        activity.SetTag("gen_ai.operation.name", operation);
        activity.SetTag("gen_ai.request.model", "gemini-2.5-flash");
        activity.SetTag("gen_ai.usage.input_tokens", input);
        activity.SetTag("gen_ai.usage.output_tokens", output);
        activity.SetTag("gen_ai.response.finish_reasons", new[] { "stop" });
        activity.SetTag("podcasto.episode_id", Episode);
    }
}
