using System.Diagnostics;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Examples;

/// <summary>The example of OpenTelemetry as a process of its own, which knows nothing of costs but an address and a header.</summary>
public sealed class OpenTelemetryExampleTests
{
    private const string Episode = "0198d0c6-0000-7000-8000-0000000000e1";

    [Fact]
    public async Task A_program_with_a_stock_exporter_needs_only_an_endpoint_and_a_header()
    {
        using var database = new TestDatabase(Engine.Sqlite);
        await using var server = await ServerProcess.StartAsync(database);
        const string Project = "Podcasto.Costs.Examples.OpenTelemetry";
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(Repository.Root, "artifacts", "bin", Project, "release", $"{Project}.dll"), Episode]
        );
        // With its slash, as addresses are often given.
        start.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = server.Client.BaseAddress!.ToString();
        start.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        start.Environment["OTEL_EXPORTER_OTLP_HEADERS"] = $"authorization=Bearer%20{PodcastoCostsApp.AdminKey}";
        using (var process = Process.Start(start)!)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            await process.WaitForExitAsync(patience.Token);
            Assert.Equal(0, process.ExitCode);
        }

        var episode = await server.Client.GetJsonAsync($"/api/v1/episodes/{Episode}/costs");
        Assert.Equal(("1500", 1), ((string)episode["total_tokens"]!, (int)episode["event_count"]!));
    }
}
