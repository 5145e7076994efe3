using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Podcasto.Costs.Server.Dashboard.Text;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Monthly;

public sealed class MonthPagesTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Months_and_statements_show_every_amount_that_the_interface_gives(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        await AcceptanceBooks.LoadAsync(client);
        var reader = await app.SignInAsync();
        var months = await AcceptanceBooks.AllAsync(client, "/api/v1/monthly");
        var list = await reader.PageAsync("/months");
        foreach (var month in months)
        {
            var name = NameOf(month);
            Assert.Contains($"href=\"/months/{name}\"", list, StringComparison.Ordinal);
            Assert.Contains(Exact(month["total_cost_usd"]), list, StringComparison.Ordinal);

            var statement = await reader.PageAsync($"/months/{name}");
            foreach (var group in (string[])["total_cost_usd", "ai_total_usd", "lambda_total_usd", "storage_total_usd", "email_total_usd"])
                Assert.Contains(Exact(month[group]), statement, StringComparison.Ordinal);
            foreach (var podcast in month["podcast_costs"]!.AsArray())
                Assert.Contains(Exact(podcast!["total_cost_usd"]), statement, StringComparison.Ordinal);
            var services = await AcceptanceBooks.AllAsync(client, $"/api/v1/costs?group_by=service&granularity=total&{DaysOf(month)}");
            foreach (var service in services)
                Assert.Contains(Exact(service["total_cost_usd"]), statement, StringComparison.Ordinal);
        }
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_months_of_one_podcast_are_its_own_and_hostile_titles_stay_text(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        await AcceptanceBooks.LoadAsync(client);
        var reader = await app.SignInAsync();
        var hostile = "ec6574ea-0b40-4192-9339-20cff0eb2146";
        var page = await reader.PageAsync($"/months?podcast={hostile}");
        var found = 0;
        foreach (var month in await AcceptanceBooks.AllAsync(client, "/api/v1/monthly"))
        {
            if (month["podcast_costs"]!.AsArray().SingleOrDefault(podcast => (string)podcast!["podcast_id"]! == hostile) is not { } own)
                continue;
            found++;
            Assert.Contains(Exact(own["total_cost_usd"]), page, StringComparison.Ordinal);
            var statement = await reader.PageAsync($"/months/{NameOf(month)}");
            Assert.Contains("Ledger &amp; Sons &lt;b&gt;", statement, StringComparison.Ordinal);
            Assert.DoesNotContain("Sons <b>", statement, StringComparison.Ordinal);
        }

        Assert.True(found > 1);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_statement_says_whether_its_month_was_proven_and_whether_it_changed_since(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine, ("Cron:Secret", "the-secret-of-the-scheduler"));
        var client = await app.StartAsync();
        await client.SendEventsAsync(SomeEvents.Of("2025-03-05T10:00:00Z", 3));
        var reader = await app.SignInAsync();
        Assert.Contains("not yet proven", await reader.PageAsync("/months/2025-03"), StringComparison.Ordinal);

        using var order = new HttpRequestMessage(HttpMethod.Post, "/api/cron/aggregate-monthly-costs?month=2025-03");
        order.Headers.Authorization = new("Bearer", "the-secret-of-the-scheduler");
        using var done = await client.SendAsync(order);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Contains("Proven", await reader.PageAsync("/months/2025-03"), StringComparison.Ordinal);

        await client.SendEventsAsync(SomeEvents.Of("2025-03-06T10:00:00Z", 1, firstId: 10));
        Assert.Contains("after it was proven", await reader.PageAsync("/months/2025-03"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_month_without_events_and_a_word_that_is_no_month_are_not_found_and_nonsense_in_a_query_is_left_aside()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        var reader = await app.SignInAsync();
        Assert.Contains("No month yet", await reader.PageAsync("/months"), StringComparison.Ordinal);
        await client.SendEventsAsync(SomeEvents.Of("2025-03-05T10:00:00Z", 1));
        foreach (var path in (string[])["/months/2024-03", "/months/2025-13", "/months/yesterday", "/months/0001-01", "/months/9999-12"])
            Assert.Equal(HttpStatusCode.NotFound, await reader.StatusAsync(path));
        Assert.Contains("/months/2025-03", await reader.PageAsync("/months?podcast=nobody&cursor=never"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Months_come_in_pages_and_each_is_compared_with_the_one_before_it()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        for (var month = 0; month < 26; month++)
        {
            var day = new DateTime(2023, 1, 5, 0, 0, 0, DateTimeKind.Utc).AddMonths(month).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            await client.SendEventsAsync(SomeEvents.Of($"{day}T10:00:00Z", month + 1, firstId: 1 + 100 * month));
        }

        var reader = await app.SignInAsync();
        var first = await reader.PageAsync("/months");
        Assert.Contains("/months/2025-02", first, StringComparison.Ordinal);
        Assert.DoesNotContain("/months/2023-02\"", first, StringComparison.Ordinal);
        // The last on the page cost 3 quarters, the one behind it 2.
        Assert.Contains("50.0 %", first, StringComparison.Ordinal);
        var second = await reader.PageAsync("/months?cursor=2023-03");
        Assert.Contains("/months/2023-01\"", second, StringComparison.Ordinal);
        Assert.DoesNotContain("/months/2023-03\"", second, StringComparison.Ordinal);
    }

    private static string NameOf(JsonNode month) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)month["year"]!:0000}-{(int)month["month"]!:00}");

    private static string DaysOf(JsonNode month) =>
        $"from={NameOf(month)}-01&to={NameOf(month)}-{DateTime.DaysInMonth((int)month["year"]!, (int)month["month"]!)}";

    private static string Exact(JsonNode? amount) => $"value=\"{MoneyText.Exact(decimal.Parse((string)amount!, CultureInfo.InvariantCulture))}\"";
}
