using Podcasto.Costs.Core.Pricing;
using Podcasto.Costs.Server.Pricing;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Benchmarks.Load;

/// <summary>Events of some days by COPY, as a restore would lay them in: without rollups.</summary>
internal static class History
{
    public const int Days = 90;
    private const int Part = 100_000;

    /// <summary>Lays them in, in the order in which they would have arrived, and has the database look at them.</summary>
    /// <param name="connectionString">A PostgreSQL that a server has migrated.</param>
    /// <param name="size">How many events.</param>
    /// <param name="seed">Keeps their ids apart from others.</param>
    /// <param name="days">Over how many days, from the first of August on.</param>
    public static void Lay(string connectionString, long size, int seed, int days = Days)
    {
        TypeHandlers.Register();
        var prices = ReadPrices(connectionString);
        var events = new SampleEvents(Arrival.Live, seed) { MicrosPerEvent = days * 86_400_000_000L / size };
        for (long first = 0; first < size; first += Part)
        {
            CopyLimit.RowsPerSecond(connectionString, RatedRows.Of(events, first, Part, prices), 1);
            if ((first + Part) % 1_000_000 == 0)
                Console.Error.WriteLine($"  {first + Part:N0} events laid in");
        }

        Bed.Execute(connectionString, "vacuum analyze");
    }

    /// <summary>How many days lie between the first of August and now, for a history that ends today.</summary>
    public static int DaysUntilNow => (int)(TimeProvider.System.GetUtcNow() - new DateTimeOffset(2026, 8, 1, 6, 0, 0, TimeSpan.Zero)).TotalDays;

    /// <summary>Titles and lengths for all that has events, as a pipeline would have told them.</summary>
    public static void LayCatalog(string connectionString) =>
        Bed.Execute(
            connectionString,
            """
            insert into podcasts (id, title, created_at, updated_at)
            select podcast_id, 'Podcast ' || left(podcast_id::text, 4), min(timestamp), min(timestamp)
            from cost_tracking_events group by podcast_id on conflict do nothing;
            insert into episodes (id, podcast_id, title, published_at, duration_seconds, created_at, updated_at)
            select episode_id, min(podcast_id::text)::uuid, 'Episode ' || left(episode_id::text, 8) || ', as it was told', min(timestamp), 1800, min(timestamp), min(timestamp)
            from cost_tracking_events group by episode_id on conflict do nothing;
            insert into podcast_titles (podcast_id, valid_from, title) select id, created_at, title from podcasts on conflict do nothing;
            insert into episode_titles (episode_id, valid_from, title) select id, created_at, title from episodes on conflict do nothing;
            """
        );

    public static PriceBook ReadPrices(string connectionString)
    {
        var database = new PostgresDatabase(connectionString);
        try
        {
            return new PriceBooks(database).ReadCurrentAsync(CancellationToken.None).GetAwaiter().GetResult();
        }
        finally
        {
            database.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }
}
