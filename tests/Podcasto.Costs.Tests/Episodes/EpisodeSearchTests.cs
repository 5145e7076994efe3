using System.Text.Json;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Episodes;

public sealed class EpisodeSearchTests
{
    private static readonly string[] Titles =
    [
        "Tea at Five",
        "ЁЛКА 2026",
        "Ärger & Söhne",
        "קול הטכנולוגיה",
        "100% sure",
        "snake_case",
        "snakeXcase!",
    ];

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Episodes_are_found_by_a_part_of_their_title_in_any_case_or_the_start_of_their_id(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        await SendAsync(client);
        var expected = new Dictionary<string, int[]>
        {
            ["TEA"] = [0],
            ["ёлка"] = [1],
            ["äRGER & sö"] = [2],
            ["קול"] = [3],
            ["%"] = [4],
            ["_"] = [5],
            ["!"] = [6],
            ["SNAKE"] = [5, 6],
            ["a0000000-0000-7"] = [0, 1, 2, 3, 4, 5, 6],
            ["A0000000-0000-7000-8000-000000000003"] = [3],
            ["a0000000x"] = [],
            ["'; drop table episodes; --"] = [],
        };
        foreach (var (search, found) in expected)
        {
            var list = await client.GetJsonAsync($"/api/v1/episodes?sort=episode_id&search={Uri.EscapeDataString(search)}");
            Assert.Equal(found.Select(Id), list["items"]!.AsArray().Select(item => (string)item!["episode_id"]!));
        }

        Assert.Equal(400, (int)(await client.GetAsync("/api/v1/episodes?search=")).StatusCode);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_page_finds_the_same_and_shows_titles_as_text(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        await SendAsync(await app.StartAsync());
        var reader = await app.SignInAsync();
        Assert.Equal([Id(1)], await reader.RowsAsync($"/episodes?search={Uri.EscapeDataString("ёлка")}", "/episodes/"));
        Assert.Equal([Id(2)], await reader.RowsAsync("/episodes?search=a0000000-0000-7000-8000-000000000002", "/episodes/"));
        Assert.Contains("No episode fits", await reader.PageAsync("/episodes?search=%3Cscript%3E"), StringComparison.Ordinal);
        Assert.Contains("Ärger &amp; Söhne", await reader.PageAsync("/episodes"), StringComparison.Ordinal);
        Assert.Contains("<bdi dir=\"auto\">קול הטכנולוגיה</bdi>", await reader.PageAsync($"/episodes/{Id(3)}"), StringComparison.Ordinal);
    }

    private static string Id(int index) => $"a0000000-0000-7000-8000-00000000000{index}";

    private static async Task SendAsync(HttpClient client)
    {
        for (var index = 0; index < Titles.Length; index++)
        {
            var entry = JsonSerializer.Serialize(new { podcast_id = "a0000000-0000-7000-8000-000000000099", title = Titles[index] });
            Assert.Equal(200, (await client.PutAsync($"/api/v1/episodes/{Id(index)}", entry)).Status);
            var sent =
                $$"""{"event_type": "other", "service": "acme", "quantity": 1, "unit": "units", "unit_cost_usd": 1, "episode_id": "{{Id(index)}}"}""";
            Assert.Equal(200, (await client.PostAsync("/api/v1/events", sent)).Status);
        }
    }
}
