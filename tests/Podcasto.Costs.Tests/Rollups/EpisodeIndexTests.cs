using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Dashboard.Filters;
using Podcasto.Costs.Server.Jobs;
using Podcasto.Costs.Server.Monthly;
using Podcasto.Costs.Server.Overview;
using Podcasto.Costs.Server.Podcasts;
using Podcasto.Costs.Server.Rollups.Audit;
using Podcasto.Costs.Server.Rollups.Index;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Rollups;

/// <summary>What is counted in memory is what the database counts, whatever happened meanwhile, and wherever.</summary>
public sealed class EpisodeIndexTests
{
    private const int Rounds = 12;

    private static readonly DateOnly First = new(2025, 3, 10);
    private static readonly DateOnly[] Ends = [First, First.AddDays(9), First.AddDays(22), new(2025, 3, 31), First.AddDays(39), First.AddYears(1)];

    [Theory]
    [InlineData(Engine.Sqlite, "1000000")]
    [InlineData(Engine.Postgres, "1000000")]
    [InlineData(Engine.Sqlite, "150")]
    [InlineData(Engine.Postgres, "150")]
    public async Task No_answer_from_memory_is_older_than_its_question_or_differs_from_the_database(Engine engine, string rows)
    {
        using var database = new TestDatabase(engine);
        // Where the time stands still no answer is slow, so none is kept; and all changes have one date.
        await using var plain = new PodcastoCostsApp(database, ("EpisodeIndex:MaxRows", "0"))
        {
            Clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow()),
        };
        await using var held = new PodcastoCostsApp(database, ("EpisodeIndex:MaxRows", rows))
        {
            Clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow()),
        };
        HttpClient[] servers = [await plain.StartAsync(), await held.StartAsync()];
        var random = new Random(17);
        for (var round = 0; round < Rounds; round++)
        {
            await ChangeAsync(servers[round % 2], random, round);
            // What is wrong, all will see; what has been put right, too, where nothing else tells of it.
            if (round == 7)
                await plain.ExecuteAsync(
                    "update episode_days set cost_usd = '17'; update daily_cost_summary set updated_at = '2025-01-01T00:00:00.000000Z'"
                );
            if (round == 9)
                await RebuildAsync(plain);
            foreach (var to in Ends)
            {
                var from = random.Next(2) == 0 ? First : to.AddDays(-8);
                var expected = await AnswersAsync(plain, from, to);
                Assert.Equal(expected, await AnswersAsync(held, from, to));
                // Once more: an answer that was kept.
                Assert.Equal(expected, await AnswersAsync(held, from, to));
            }
        }

        Assert.Empty(await held.VerifyAsync());
        Assert.InRange(held.Services.GetRequiredService<EpisodeIndex>().Rows, 1, long.Parse(rows, CultureInfo.InvariantCulture));
        Assert.Equal(0, plain.Services.GetRequiredService<EpisodeIndex>().Rows);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Each_day_of_a_span_is_counted_as_it_is_alone(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var held = new PodcastoCostsApp(database);
        await using var plain = new PodcastoCostsApp(database, ("EpisodeIndex:MaxRows", "0"));
        await ChangeAsync(await held.StartAsync(), new Random(5), 0);
        await plain.StartAsync();
        var stop = CancellationToken.None;
        foreach (var podcast in new Guid?[] { null, Guid.Parse(Podcast(1)) })
        {
            var span = await held.Services.GetRequiredService<EpisodeSpendStore>().OfAsync(First, First.AddDays(40), podcast, stop);
            Assert.InRange(span.Days!.Count, 10, 41);
            foreach (var day in Enumerable.Range(0, 41).Select(First.AddDays))
            {
                var alone = await plain.Services.GetRequiredService<EpisodeSpendStore>().OfAsync(day, day, podcast, stop);
                Assert.Equal(alone, span.Days.GetValueOrDefault(day, new EpisodeSpend()));
            }
        }
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Days_are_read_ahead_the_latest_first_as_many_as_there_is_room_for(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var large = new PodcastoCostsApp(database);
        await using var small = new PodcastoCostsApp(database, ("EpisodeIndex:MaxRows", "100"));
        var client = await large.StartAsync();
        await small.StartAsync();
        await ChangeAsync(client, new Random(3), 0);
        var rows = await large.ReadAsync<long>("select count(*) from episode_days where event_count > 0");
        foreach (var app in new[] { large, small })
        {
            var warmer = app.Services.GetRequiredService<EpisodeIndexWarmer>();
            await warmer.WarmAsync(1_000_000, CancellationToken.None);
            Assert.Equal(0, app.Services.GetRequiredService<EpisodeIndex>().Rows);
            Assert.False(warmer.LatestAreRead.IsCompleted);
            await warmer.WarmAsync(1, CancellationToken.None);
            Assert.True(warmer.LatestAreRead.IsCompleted);
        }

        Assert.Equal(rows, large.Services.GetRequiredService<EpisodeIndex>().Rows);
        Assert.InRange(small.Services.GetRequiredService<EpisodeIndex>().Rows, 50, 120);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_explorer_tells_episodes_apart_by_rollups_as_it_does_by_events(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        for (var round = 0; round < 3; round++)
            await ChangeAsync(client, new Random(5), round);
        foreach (var groups in new[] { "episode_id", "podcast_id,episode_id", "episode_id,podcast_id" })
        {
            foreach (var granularity in new[] { "day", "month", "total" })
            {
                foreach (var filter in new[] { "", "&from=2025-03-20&to=2025-04-05", $"&podcast_id={Podcast(2)}" })
                {
                    var path = $"/api/v1/costs?granularity={granularity}{filter}&group_by={groups}";
                    // All events are of one type, which only the events know of an episode.
                    var fromEvents = await AcceptanceBooks.AllAsync(client, path + ",event_type");
                    foreach (var item in fromEvents)
                        item.AsObject().Remove("event_type");
                    var fromRollups = await AcceptanceBooks.AllAsync(client, path);
                    Assert.Equal(fromEvents.Select(item => item.ToJsonString()), fromRollups.Select(item => item.ToJsonString()));
                    if (filter.Length == 0)
                        Assert.Contains(fromRollups, item => item["episode_id"] is null);
                }
            }
        }
    }

    private static async Task<string> AnswersAsync(PodcastoCostsApp app, DateOnly from, DateOnly to)
    {
        var stop = CancellationToken.None;
        var spends = app.Services.GetRequiredService<EpisodeSpendStore>();
        var period = Period.Read(null, from.ToString("O", CultureInfo.InvariantCulture), to.ToString("O", CultureInfo.InvariantCulture), to);
        Assert.Equal((from, to), (period.From, period.To));
        var answers = new
        {
            // Days are told from memory alone.
            All = (await spends.OfAsync(from, to, null, stop)) with
            {
                Days = null,
            },
            Of = (await spends.OfAsync(from, to, Guid.Parse(Podcast(1)), stop)) with
            {
                Days = null,
            },
            Podcasts = await app.Services.GetRequiredService<PodcastFigures>().OfAsync(period, stop),
            Episodes = await app.Services.GetRequiredService<PodcastPageStore>().EpisodesAsync(Guid.Parse(Podcast(2)), from, to, stop),
            Month = (await app.Services.GetRequiredService<StatementStore>().FindAsync(Month.Of(to), stop))?.Episodes,
        };
        return Normal(JsonSerializer.SerializeToNode(answers)!).ToJsonString();
    }

    // An amount is the same with zeros behind it.
    private static JsonNode Normal(JsonNode node)
    {
        foreach (var (name, value) in node.AsObject().ToList())
        {
            if (value is JsonArray items)
                node[name] = new JsonArray([.. items.Select(item => Normal(item!.DeepClone()))]);
            else if (value is JsonObject)
                Normal(value);
            else if (value?.GetValueKind() == JsonValueKind.Number)
                node[name] = value.GetValue<decimal>() / 1.000000000000000000000000000000m;
        }

        return node;
    }

    // Events at any time and of any episode, some of them with a podcast of their own, and an episode or two that move or become longer.
    private static async Task ChangeAsync(HttpClient client, Random random, int round)
    {
        var events = Enumerable.Range(0, round == 0 ? 400 : 12).Select(_ => Event(random));
        var (status, body) = await client.PostAsync("/api/v1/events", new JsonArray([.. events]).ToJsonString());
        Assert.True(status == 200, body?.ToJsonString());
        for (var entry = 0; entry < (round == 0 ? 20 : 2); entry++)
        {
            var sent = new JsonObject
            {
                ["podcast_id"] = Podcast(random.Next(1, 5)),
                ["title"] = "t",
                ["duration_seconds"] = random.Next(3) == 0 ? null : random.Next(1, 5_000),
                ["published_at"] = random.Next(3) == 0 ? null : Text(First.AddDays(random.Next(40))),
            };
            Assert.Equal(200, (await client.PutAsync($"/api/v1/episodes/{Episode(random.Next(1, 30))}", sent.ToJsonString())).Status);
        }
    }

    private static JsonObject Event(Random random) =>
        new()
        {
            ["event_type"] = "other",
            ["service"] = random.Next(2) == 0 ? "acme" : "ses",
            ["quantity"] = random.Next(1_000),
            ["unit"] = "units",
            ["unit_cost_usd"] = "0.000000001357",
            ["episode_id"] = random.Next(10) == 0 ? null : Episode(random.Next(1, 30)),
            ["podcast_id"] = random.Next(3) > 0 ? null : Podcast(random.Next(1, 5)),
            ["timestamp"] = Text(First.AddDays(random.Next(40))),
        };

    private static Task<int> RebuildAsync(PodcastoCostsApp app) =>
        app
            .Services.GetRequiredService<AuditRun>()
            .RunAsync(AuditScope.Everything, true, _ => { }, new Progress<JobProgress>(), CancellationToken.None);

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture) + "T04:05:06Z";

    private static string Episode(int number) => $"0198d0c6-1111-7000-8000-{number:x12}";

    private static string Podcast(int number) => $"0198d0c6-2222-7000-8000-{number:x12}";
}
