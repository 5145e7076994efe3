using System.Net;
using Podcasto.Costs.Client;
using Podcasto.Costs.Client.Catalog;
using Podcasto.Costs.Client.Episodes;
using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Client.Explorer;
using Podcasto.Costs.Client.Keys;
using Podcasto.Costs.Client.Pricing;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Client;

/// <summary>Every GET of the interface by its noun, against the real server.</summary>
public sealed class ReadingTests
{
    private const string At = "2025-03-01T10:00:00Z";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Lists_are_read_over_all_their_pages(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        using var http = await app.StartAsync();
        await http.SendEventsAsync(SomeEvents.Of(At, 2_001));
        var costs = new CostsClient(http);
        var events = await costs.Events.ListAsync().ToListAsync();
        Assert.Equal(SomeEvents.Ids(2_001).Order(), events.Select(found => found.Id).Order());
        Assert.Equal(2_001, await costs.Episodes.ListAsync().CountAsync());
        var page = await costs.Events.PageAsync(limit: 2_000 / 2);
        Assert.NotNull(page.NextCursor);
        Assert.Equal(1_000, page.Items.Count);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Every_noun_answers_in_exact_decimals(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        using var http = await app.StartAsync();
        var costs = new CostsClient(http);
        await http.SendEventsAsync(SomeEvents.Of(At, 3));
        var one = (await costs.Events.FindAsync(SomeEvents.Ids(1).First()))!;
        var episode = one.EpisodeId!.Value;
        var podcast = Guid.CreateVersion7();
        await costs.Catalog.PutAsync(
            [new PodcastEntry { Id = podcast, Title = "Morning Wire" }],
            [
                new EpisodeEntry
                {
                    Id = episode,
                    PodcastId = podcast,
                    Title = "One",
                },
            ]
        );

        Assert.Equal(0.25m, one.TotalCostUsd);
        Assert.Equal(0.25m, (await costs.Episodes.FindCostsAsync(episode))!.TotalCostUsd);
        Assert.Equal("One", (await costs.Episodes.PageAsync(new EpisodeQuery { PodcastId = podcast })).Items.Single().Title);
        Assert.Equal("Morning Wire", (await costs.Podcasts.ListAsync().SingleAsync()).Title);
        Assert.Equal(0.75m, (await costs.Daily.FindAsync(new DateOnly(2025, 3, 1)))!.TotalCostUsd);
        Assert.Equal(0.75m, (await costs.Daily.ListAsync(new DateOnly(2025, 3, 1), new DateOnly(2025, 3, 1)).SingleAsync()).TotalCostUsd);
        Assert.Equal(0.75m, (await costs.Monthly.FindAsync(2025, 3))!.TotalCostUsd);
        Assert.Equal(podcast, (await costs.Monthly.ListAsync().SingleAsync()).PodcastCosts.Single().PodcastId);
        var cells = await costs.Costs.ListAsync(new CostQuery { GroupBy = ["service"], Granularity = "month" }).ToListAsync();
        Assert.Equal([("2025-03", "acme", 0.5m, 2L), ("2025-03", "gemini_tts", 0.25m, 1L)], cells.Select(Read));
        Assert.True(await costs.Health.IsAliveAsync());
        Assert.True(await costs.Health.IsReadyAsync());
        using var document = new StreamReader(await costs.Health.OpenInterfaceAsync());
        Assert.StartsWith("{", await document.ReadToEndAsync(), StringComparison.Ordinal);
        using var export = new StreamReader(await costs.Exports.OpenEventsAsync("2025-03", "ndjson"));
        Assert.Equal(3, (await export.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.NotEmpty((await costs.Exports.DescribeFocusAsync("2025-03")).ToString());

        static (string?, string?, decimal, long) Read(CostCellView cell) => (cell.Period, cell.Service, cell.TotalCostUsd, cell.EventCount);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Prices_keys_jobs_and_the_audit_log_are_read_and_written(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        using var http = await app.StartAsync();
        var costs = new CostsClient(http);
        var price = new NewPrice
        {
            Service = "lambda_*",
            Unit = "gb_seconds",
            UnitCostUsd = 0.0000166667m,
        };
        var added = await costs.Pricing.AddAsync([price]);
        Assert.Equal(0.0000166667m, added.Single().UnitCostUsd);
        Assert.Equal(added.Single().Id, (await costs.Pricing.ListAsync().SingleAsync()).Id);
        Assert.Equal(added.Single().Id, (await costs.Pricing.FindCurrentAsync(new PriceQuery { Service = "lambda_audio" }))!.Id);
        Assert.Null(await costs.Pricing.FindCurrentAsync(new PriceQuery { Service = "ses", Unit = "emails" }));
        var key = await costs.Keys.CreateAsync(new NewKey { Name = "worker", Scopes = ["ingest"] });
        Assert.Equal("worker", (await costs.Keys.ListAsync().SingleAsync()).Name);
        await costs.Keys.RevokeAsync(key.Id);
        Assert.NotNull((await costs.Keys.ListAsync().SingleAsync()).RevokedAt);
        var job = await costs.Jobs.StartAsync("verify");
        Assert.Equal("verify", (await costs.Jobs.FindAsync(job.Id))!.Kind);
        Assert.Contains(await costs.Audit.ListAsync(action: "key.create").ToListAsync(), entry => entry.Action == "key.create");
    }

    [Fact]
    public async Task What_is_not_there_is_null_and_what_is_refused_says_why()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        using var http = await app.StartAsync();
        var costs = new CostsClient(http);
        Assert.Null(await costs.Events.FindAsync(Guid.CreateVersion7()));
        Assert.Null(await costs.Daily.FindAsync(new DateOnly(2025, 3, 1)));
        Assert.Null(await costs.Monthly.FindAsync(2025, 3));
        Assert.Null(await costs.Episodes.FindCostsAsync(Guid.CreateVersion7()));
        var refused = await Assert.ThrowsAsync<CostsApiException>(() => costs.Events.PageAsync(new EventQuery { EventType = "nonsense" }));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("event_type", refused.Errors.Single().Key);
        http.DefaultRequestHeaders.Authorization = null;
        var stranger = await Assert.ThrowsAsync<CostsApiException>(() => costs.Daily.PageAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.Status);
    }

    [Fact]
    public async Task Days_and_months_are_finalised_with_the_cron_secret()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite, ("Cron:Secret", "a-cron-secret-for-the-tests"));
        using var http = await app.StartAsync();
        await http.SendEventsAsync(SomeEvents.Of(At, 3));
        http.DefaultRequestHeaders.Authorization = new("Bearer", "a-cron-secret-for-the-tests");
        var costs = new CostsClient(http);
        Assert.Equal(0.75m, (await costs.Daily.AggregateAsync(new DateOnly(2025, 3, 1))).TotalCostUsd);
        Assert.Equal(0.75m, (await costs.Monthly.AggregateAsync(2025, 3)).TotalCostUsd);
    }
}
