using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Podcasto.Costs.Server.Dashboard.Text;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Explorer;

public sealed partial class ExplorerPageTests
{
    private const string Days = "from=2025-08-01&to=2025-11-30";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Every_grouping_shows_what_the_interface_gives(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        await AcceptanceBooks.LoadAsync(client);
        var reader = await app.SignInAsync();
        foreach (
            var query in (string[])
                [
                    "group_by=category&granularity=total",
                    "group_by=service,model&granularity=total",
                    "group_by=event_type,region&granularity=month",
                    "group_by=podcast_id&granularity=total",
                    "group_by=model&granularity=total&category=ai_text",
                    "group_by=episode_id&granularity=total&service=gemini_tts",
                ]
        )
        {
            var items = await AcceptanceBooks.AllAsync(client, $"/api/v1/costs?{query}&{Days}");
            var rows = Rows(await reader.PageAsync($"/explorer?{query}&{Days}"));
            Assert.Equal(items.Count, rows.Count);
            Assert.All(items.Zip(rows), pair => Assert.Contains(Exact(pair.First["total_cost_usd"]), pair.Second, StringComparison.Ordinal));
        }
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Clicks_lead_from_a_category_down_to_the_events_behind_it(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        await AcceptanceBooks.LoadAsync(client);
        var reader = await app.SignInAsync();
        var address = $"/explorer?category=ai_tts&group_by=service&{Days}";
        var groups = new List<string>();
        while (!address.StartsWith("/events", StringComparison.Ordinal))
        {
            groups.Add(GroupBy().Match(address).Groups["found"].Value);
            Assert.True(groups.Count < 9, string.Join(" ", groups));
            address = WebUtility.HtmlDecode(RowLink().Match(Rows(await reader.PageAsync(address))[0]).Groups["found"].Value);
        }

        Assert.Equal(["service", "model", "episode_id"], groups);
        Assert.Contains("service=gemini_tts", address, StringComparison.Ordinal);
        Assert.Contains("model=", address, StringComparison.Ordinal);
        Assert.Contains("episode=", address, StringComparison.Ordinal);
        Assert.Contains("from=2025-08-01", address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_come_in_pages_of_a_hundred_without_gap_or_repetition()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        await AcceptanceBooks.LoadAsync(client);
        var reader = await app.SignInAsync();
        var query = $"group_by=podcast_id,service&granularity=day&{Days}";
        var items = await AcceptanceBooks.AllAsync(client, $"/api/v1/costs?{query}");
        var rows = new List<string>();
        for (var address = $"/explorer?{query}"; address.Length > 0; )
        {
            var page = await reader.PageAsync(address);
            Assert.InRange(Rows(page).Count, 1, 100);
            rows.AddRange(Rows(page));
            address = WebUtility.HtmlDecode(NextLink().Match(page).Groups["found"].Value);
        }

        Assert.True(items.Count > 200);
        Assert.Equal(items.Select(item => Exact(item["total_cost_usd"])), rows.Select(row => AmountValue().Match(row).Value));
    }

    [Fact]
    public async Task The_chart_shows_the_eight_dearest_groups_and_everything_else_and_loses_nothing()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        await AcceptanceBooks.LoadAsync(client);
        var reader = await app.SignInAsync();
        var page = await reader.PageAsync($"/explorer?group_by=episode_id&{Days}");
        var chart = JsonNode.Parse(ChartJson().Match(page).Groups["found"].Value)!;
        var series = chart["series"]!.AsArray();
        Assert.Equal(9, series.Count);
        Assert.Equal("Everything else", (string?)series[8]!["name"]);
        var total = series.SelectMany(one => one!["values"]!.AsArray()).Sum(value => decimal.Parse((string)value!, CultureInfo.InvariantCulture));
        var expected = (await AcceptanceBooks.AllAsync(client, $"/api/v1/costs?granularity=total&{Days}"))[0];
        Assert.Equal(decimal.Parse((string)expected["total_cost_usd"]!, CultureInfo.InvariantCulture), total);
    }

    [Theory]
    [InlineData("/explorer")]
    [InlineData("/explorer?group_by=colour&granularity=hour&range=ever&from=x&to=y&cursor=-5")]
    [InlineData("/explorer?group_by=service,service,,model&service=%00&category=none&podcast=1&episode=2&event_type=3")]
    [InlineData("/explorer?group_by=episode_id&from=2000-01-01&to=2000-01-01&cursor=99999999999999")]
    public async Task Nonsense_in_the_address_is_left_aside(string address)
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        await app.StartAsync();
        var reader = await app.SignInAsync();
        Assert.Contains("No event here", await reader.PageAsync(address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_are_shown_and_can_be_taken_away_and_titles_are_text()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        await AcceptanceBooks.LoadAsync(client);
        var reader = await app.SignInAsync();
        var page = await reader.PageAsync($"/explorer?group_by=service&podcast=ec6574ea-0b40-4192-9339-20cff0eb2146&category=ai_text&{Days}");
        var chips = page[page.IndexOf("class=\"chips\"", StringComparison.Ordinal)..];
        Assert.Contains("Ledger &amp; Sons &lt;b&gt;", chips, StringComparison.Ordinal);
        Assert.DoesNotContain("Sons <b>", page, StringComparison.Ordinal);
        Assert.Contains(
            $"/explorer?group_by=service&amp;category=ai_text&amp;{Days.Replace("&", "&amp;", StringComparison.Ordinal)}\"",
            chips,
            StringComparison.Ordinal
        );
    }

    private static List<string> Rows(string page)
    {
        var table = page[page.LastIndexOf("<tbody>", StringComparison.Ordinal)..];
        return [.. table[..table.IndexOf("</tbody>", StringComparison.Ordinal)].Split("<tr>").Skip(1)];
    }

    private static string Exact(JsonNode? amount) => $"value=\"{MoneyText.Exact(decimal.Parse((string)amount!, CultureInfo.InvariantCulture))}\"";

    [GeneratedRegex("group_by=(?<found>[a-z_]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GroupBy();

    [GeneratedRegex("<a class=\"row\" href=\"(?<found>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RowLink();

    [GeneratedRegex("href=\"(?<found>[^\"]+)\" rel=\"next\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NextLink();

    [GeneratedRegex("value=\"[^\"]+\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AmountValue();

    [GeneratedRegex("<script type=\"application/json\">(?<found>.*?)</script>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ChartJson();
}
