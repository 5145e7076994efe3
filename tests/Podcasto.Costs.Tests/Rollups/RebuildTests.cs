using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Podcasto.Costs.Server.Jobs;
using Podcasto.Costs.Server.Rollups.Audit;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Rollups;

/// <summary>Rebuilding from nothing, with the ledger in full use.</summary>
public sealed class RebuildTests
{
    private const int Episodes = 40;
    private const string NoRollups = """
        delete from episode_costs; delete from episode_days; delete from day_cells; delete from podcast_day_cells; delete from podcast_months;
        delete from daily_cost_summary; delete from month_totals
        """;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_arrives_or_moves_while_everything_is_rebuilt_is_counted_once(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        var numbers = new Numbers();
        for (var batch = 0; batch < 8; batch++)
            await SendAsync(client, numbers, 500);
        await MoveAsync(client, 0);
        Assert.Empty(await app.VerifyAsync());

        for (var round = 0; round < 3; round++)
        {
            await app.ExecuteAsync(NoRollups);
            using var rebuilt = new CancellationTokenSource();
            var others = new[]
            {
                RepeatAsync(() => SendAsync(client, numbers, 3), rebuilt.Token),
                RepeatAsync(() => SendAsync(client, numbers, 20), rebuilt.Token),
                RepeatAsync(() => MoveAsync(client, numbers.Next()), rebuilt.Token),
            };
            Assert.True(await RebuildAsync(app) > 0);
            await rebuilt.CancelAsync();
            await Task.WhenAll(others);
            Assert.Empty(await app.VerifyAsync());
        }
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Two_rebuilds_at_a_time_write_everything_once(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        var numbers = new Numbers();
        await SendAsync(client, numbers, 1_000);
        await app.ExecuteAsync(NoRollups);
        var sending = SendAsync(client, numbers, 1_000);
        await Task.WhenAll(RebuildAsync(app), RebuildAsync(app));
        await sending;
        Assert.Empty(await app.VerifyAsync());
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_rebuilt_row_keeps_the_time_at_which_it_was_first_written(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        await SendAsync(client, new Numbers(), 10);
        await app.ExecuteAsync("update daily_cost_summary set created_at = '2020-01-01T00:00:00.000000Z', total_cost_usd = '17'");
        await RebuildAsync(app);
        Assert.Equal(0, await app.ReadAsync<long>("select count(*) from daily_cost_summary where created_at > '2020-01-01T00:00:00.000000Z'"));
        Assert.Empty(await app.VerifyAsync());
    }

    private static Task<int> RebuildAsync(PodcastoCostsApp app) =>
        app
            .Services.GetRequiredService<AuditRun>()
            .RunAsync(AuditScope.Everything, true, _ => { }, new Progress<JobProgress>(), CancellationToken.None);

    private static async Task RepeatAsync(Func<Task> action, CancellationToken until)
    {
        while (!until.IsCancellationRequested)
            await action();
    }

    private static async Task SendAsync(HttpClient client, Numbers numbers, int count)
    {
        var events = new JsonArray([.. Enumerable.Range(0, count).Select(_ => Event(numbers.Next()))]);
        var (status, body) = await client.PostAsync("/api/v1/events", events.ToJsonString());
        Assert.True(status == 200, body?.ToJsonString());
    }

    private static async Task MoveAsync(HttpClient client, int number)
    {
        var entry = $"{{\"podcast_id\":\"{Id(0x2222, number % 7 + 1)}\",\"title\":\"t\"}}";
        Assert.Equal(200, (await client.PutAsync($"/api/v1/episodes/{Id(0x1111, number % Episodes + 1)}", entry)).Status);
    }

    // Of every usage metric, over 24 days of two months; each episode has some on each day, and few name a podcast.
    private static JsonObject Event(int number)
    {
        var (service, unit, metadata) = (number % 5) switch
        {
            0 => ("gemini_text", "tokens", "{\"input_tokens\":12,\"output_tokens\":7}"),
            1 => ("s3_put", "requests", "{\"file_size_mb\":1.5}"),
            2 => ("lambda_audio", "gb_seconds", "{\"duration_ms\":250}"),
            3 => ("ses", "emails", "{}"),
            _ => ("acme", "units", "{\"model\":\"m\"}"),
        };
        return new JsonObject
        {
            ["id"] = Id(0x7777, number),
            ["event_type"] = "other",
            ["service"] = service,
            ["quantity"] = "0.1",
            ["unit"] = unit,
            ["unit_cost_usd"] = "0.0007",
            ["episode_id"] = number % 11 == 0 ? null : Id(0x1111, number % Episodes + 1),
            ["podcast_id"] = number % 13 == 0 ? Id(0x2222, number % 3 + 1) : null,
            ["metadata"] = JsonNode.Parse(metadata),
            ["timestamp"] = new DateTime(2025, 1, 20, 0, 0, 0, DateTimeKind.Utc)
                .AddHours(number * 7 % (24 * 24))
                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        };
    }

    private static string Id(int kind, int number) => string.Create(CultureInfo.InvariantCulture, $"0198d0c6-{kind:x4}-7000-8000-{number:x12}");

    private sealed class Numbers
    {
        private int _last;

        public int Next() => Interlocked.Increment(ref _last);
    }
}
