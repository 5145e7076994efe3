using System.Text.Json.Nodes;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Cli;

public sealed class ReadingVerbTests(CliServer server) : IClassFixture<CliServer>
{
    [Theory]
    [InlineData("/api/v1/events?limit=3", "events", "list", "--limit", "3")]
    [InlineData("/api/v1/events?service=acme&from=2025-04-01T00:00:00Z", "events", "list", "--service", "acme", "--from", "2025-04-01")]
    [InlineData("/api/v1/episodes?limit=10", "episodes", "top")]
    [InlineData("/api/v1/podcasts?limit=10&to=2025-03-31", "podcasts", "top", "--to", "2025-03-31")]
    [InlineData("/api/v1/daily", "daily")]
    [InlineData("/api/v1/daily/2025-03-01", "daily", "2025-03-01")]
    [InlineData("/api/v1/monthly?from=2025-04-01", "monthly", "--from", "2025-04")]
    [InlineData("/api/v1/monthly/2025-03", "monthly", "2025-03")]
    [InlineData("/api/v1/costs?group_by=service,category&granularity=month", "costs", "--group-by", "service,category", "--granularity", "month")]
    [InlineData("/api/v1/pricing?service=s3_put", "pricing", "list", "--service", "s3_put")]
    [InlineData("/api/v1/jobs?limit=20", "jobs", "list")]
    [InlineData("/api/v1/keys", "keys", "list")]
    [InlineData("/api/v1/jobs?limit=20", "jobs")]
    [InlineData("/api/v1/keys", "keys")]
    [InlineData("/api/v1/episodes?limit=10", "episodes")]
    [InlineData("/api/v1/exports/focus/metadata?month=2025-03", "export", "focus", "--month", "2025-03")]
    public async Task The_json_of_a_verb_is_the_servers_own(string path, params string[] arguments)
    {
        var run = (await server.RunAsync([.. arguments, "--json"])).Ended(0);
        var expected = await server.Http.GetStringAsync(path);
        // The metadata of an export tell when they were made.
        Assert.Equal(WithoutClock(expected), WithoutClock(run.Output.TrimEnd('\n')));
        Assert.Empty(run.Error);
    }

    [Theory]
    [InlineData("events list", "2025-04-02 10:00:00", "acme", "$0.25", "event")]
    [InlineData("episodes top", "Red [red] \ufffd[31m and \ufffdback", "$0.25", "████████████████████")]
    [InlineData("podcasts top", "0198d0c6-0000-4000-8000-0000000000ff", "$0.25", "████████████████████")]
    [InlineData("daily", "2025-04-02", "$1.25", "2025-03-01", "$1.75", "█")]
    [InlineData("monthly", "2025-04", "$1.25", "2025-03", "$1.75")]
    [InlineData("costs --group-by service", "2025-03-01 █▆ 2025-04-02", "gemini_tts", "acme", "$1.25", "Shown: $3 of 12 events")]
    [InlineData("pricing list", "s3_put", "$0.005", "1,000", "requests")]
    [InlineData("keys list")]
    [InlineData("jobs list")]
    public async Task Without_json_a_verb_prints_a_table_that_can_be_read(string command, params string[] words)
    {
        var run = (await server.RunAsync(command.Split(' '))).Ended(0);
        foreach (var word in words)
            Assert.Contains(word, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_are_read_one_by_one_or_all_of_them()
    {
        var first = (await server.RunAsync("events", "list", "--limit", "5")).Said(0, "--cursor ");
        var cursor = first.Error.Split("--cursor ")[1].Split(',')[0];
        var second = (await server.RunAsync("events", "list", "--limit", "5", "--cursor", cursor, "--json")).Ended(0);
        Assert.Equal(5, JsonNode.Parse(second.Output)!["items"]!.AsArray().Count);
        var all = (await server.RunAsync("events", "list", "--limit", "5", "--all", "--json")).Ended(0);
        var pages = all.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!["items"]!.AsArray().Count);
        Assert.Equal([5, 5, 2], pages);
    }

    [Fact]
    public async Task An_export_goes_to_standard_output_or_into_a_file_that_is_whole()
    {
        using var folder = new TempFolder();
        var expected = await server.Http.GetStringAsync("/api/v1/exports/focus?month=2025-03&format=csv");
        var printed = (await server.RunAsync("export", "focus", "--month", "2025-03")).Ended(0);
        Assert.Equal(expected, printed.Output);
        var events = (await server.RunAsync("export", "events", "--month", "2025-03", "--json")).Ended(0);
        Assert.Equal(await server.Http.GetStringAsync("/api/v1/exports/events?month=2025-03"), events.Output);
        var file = folder.File("march.parquet");
        (await server.RunAsync("export", "events", "--month", "2025-03", "--format", "parquet", "-o", file)).Said(0, "march.parquet");
        Assert.Equal("PAR1"u8, File.ReadAllBytes(file).AsSpan(0, 4));
        Assert.Single(folder.Files("*"));
        (await server.RunAsync("export", "events", "--month", "2024-01", "-o", folder.File("none"))).Said(6, "nothing to export");
        Assert.Single(folder.Files("*"));
    }

    private static string WithoutClock(string json)
    {
        if (JsonNode.Parse(json) is not JsonObject body || !body.Remove("creation_date"))
            return json;
        return body.ToJsonString();
    }
}
