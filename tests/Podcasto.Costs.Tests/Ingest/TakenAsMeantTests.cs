using System.Text;
using Podcasto.Costs.Server.Ingest.Reading;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Ingest;

/// <summary>What standards allow to be written in several ways is taken in each of them.</summary>
public sealed class TakenAsMeantTests
{
    private const string Good = "\"event_type\":\"other\",\"service\":\"acme\",\"quantity\":1,\"unit\":\"units\"";

    [Theory]
    [InlineData("return=minimal", true)]
    [InlineData("Return = \"Minimal\"", true)]
    [InlineData("respond-async, wait=10,return=minimal; foo=bar", true)]
    [InlineData("return=representation", false)]
    [InlineData("minimal", false)]
    [InlineData("xreturn=minimal", false)]
    [InlineData("return", false)]
    public async Task A_preference_is_read_as_its_standard_writes_it(string preference, bool isMinimal)
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Prefer", preference);
        var (status, receipt) = await client.PostAsync("/api/v1/events", $"{{{Good}}}");
        Assert.Equal((200, isMinimal), (status, receipt!["events"] is null));
    }

    [Fact]
    public async Task The_return_before_a_newline_is_no_part_of_a_line()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        var longest = $"{{{Good}}}".PadRight(LineReader.MaxLineBytes);
        var text = $"{longest}\r\n{longest} \r\n{{{Good}}}\r\n\r\n{longest}\r\n";
        foreach (var body in new[] { text, text[..^1], text[..^2] })
        {
            var (status, receipt) = await client.PostAsync("/api/v1/events", body, "application/x-ndjson");
            Assert.Equal((200, 3, 1), (status, (int)receipt!["accepted"]!, (int)receipt["rejected"]!));
            Assert.Equal(2, (int)receipt["errors"]![0]!["line"]!);
        }
    }

    [Fact]
    public async Task What_is_ignored_is_ignored_however_often_it_comes()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        var body = new StringBuilder($"{{{Good}");
        foreach (var name in new[] { "total_cost_usd", "created_at", "priced_by", "price_id", "status", "status", "price_id" })
            body.Append($",\"{name}\":[7]");
        Assert.Equal(200, (await client.PostAsync("/api/v1/events", body.Append('}').ToString())).Status);
        Assert.Equal(400, (await client.PostAsync("/api/v1/events", $"{{{Good},\"status\":1,\"status\":\"\\u0000\"}}")).Status);
    }
}
