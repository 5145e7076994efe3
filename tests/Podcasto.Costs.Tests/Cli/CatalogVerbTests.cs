using System.Text.Json.Nodes;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Cli;

public sealed class CatalogVerbTests : IAsyncLifetime
{
    private readonly CliServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_file_of_any_length_is_put_and_what_is_wrong_with_it_is_told()
    {
        using var folder = new TempFolder();
        var file = folder.File("catalog.json");
        // More than the server takes at once; the first episode is one that has cost something.
        var podcast = new JsonObject { ["id"] = Id(0xd1), ["title"] = "Podcast \u00e9" };
        var episodes = Enumerable
            .Range(1, 10_000)
            .Select(number =>
                (JsonNode)
                    new JsonObject
                    {
                        ["id"] = Id(number),
                        ["podcast_id"] = Id(0xd1),
                        ["title"] = $"Episode {number}",
                    }
            );
        await File.WriteAllTextAsync(
            file,
            new JsonObject { ["episodes"] = new JsonArray([.. episodes]), ["podcasts"] = new JsonArray(podcast) }.ToJsonString()
        );
        var run = (await _server.RunAsync("catalog", "put", file)).Ended(0);
        Assert.Equal("Added or updated: podcasts 1, episodes 10,000\n", run.Output);
        var top = (await _server.RunAsync("podcasts", "top")).Ended(0);
        Assert.Contains("Podcast \u00e9", top.Output, StringComparison.Ordinal);

        var one = $$"""{"podcasts": [{"id": "{{Id(0xd1)}}", "title": "New"}], "episodes": null}""";
        run = (await PutAsync(one, "--json")).Ended(0);
        Assert.Equal("""{"podcasts":1,"episodes":0}""" + "\n", run.Output);
        (await PutAsync(one.Replace("\"title\"", "\"titel\"", StringComparison.Ordinal))).Said(1, "400", "/podcasts/0/titel");
        (await PutAsync("""{"shows": []}""")).Said(1, "not \"shows\"");
        (await PutAsync("""{"podcasts": [], "podcasts": []}""")).Said(1, "\"podcasts\" twice");
        (await PutAsync("[]")).Said(1, "A catalog is an object");
        (await PutAsync("{\"podcasts\": [")).Said(1, "not valid JSON");
        (await _server.RunAsync("catalog", "put", folder.File("none"))).Said(1, "Could not find file");
    }

    private static string Id(int number) => $"0198d0c6-0000-4000-8000-{number:x12}";

    private Task<CliRun> PutAsync(string text, params string[] more) => CliProcess.RunAsync(_server.Settings, text, ["catalog", "put", "-", .. more]);
}
