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
