using System.Net.Http.Headers;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Ingest.Otlp;

/// <summary>Requests of stock exporters of other languages, byte for byte.</summary>
public sealed class RecordedTests
{
    [Theory]
    [InlineData("javascript.bin", "application/x-protobuf")]
    [InlineData("javascript.json", "application/json")]
    public async Task What_another_languages_exporter_sent_is_in_the_books_once(string file, string type)
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        var body = await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "tests", "Podcasto.Costs.Tests", "Ingest", "Otlp", "Recorded", file));
        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue(type);
            using var response = await client.PostAsync("/v1/traces", content);
            var answer = await response.Content.ReadAsStringAsync();
            Assert.True((int)response.StatusCode == 200, answer);
            Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
            Assert.Contains("3 spans taken as costs. 4 spans ignored", answer, StringComparison.Ordinal);
        }

        var stored = (await client.GetJsonAsync("/api/v1/events"))["items"]!.AsArray();
        Assert.Equal(3, stored.Count);
        Assert.All(
            stored,
            item =>
            {
                Assert.Equal(("gemini_text", "120", "tokens"), ((string)item!["service"]!, (string)item["quantity"]!, (string)item["unit"]!));
                Assert.Equal("2026-01-31T09:30:01.5Z", (string)item["timestamp"]!);
                Assert.Equal("0198d0c6-0000-7000-8000-0000000000e1", (string)item["episode_id"]!);
                Assert.Equal((100, 20), ((int)item["metadata"]!["input_tokens"]!, (int)item["metadata"]!["output_tokens"]!));
            }
        );
    }
}
