using System.Diagnostics;

namespace Podcasto.Costs.Benchmarks.Load;

/// <summary>Lays history in by COPY, as a restore would; the rollups by the server's own verb.</summary>
internal static class History
{
    private const int Part = 100_000;

    /// <summary>Lays in so many events, spread evenly.</summary>
    /// <param name="bed">Its ledger is empty.</param>
    /// <param name="size">How many; whole hundred thousands.</param>
    /// <param name="days">From the first of August on.</param>
    /// <param name="seed">Keeps the ids of one run apart from another's.</param>
    /// <returns>Seconds of the rebuild.</returns>
    public static double Lay(Bed bed, long size, int days, int seed)
    {
        var events = new SampleEvents(Arrival.Live, seed) { MicrosPerEvent = days * 86_400_000_000L / size };
        for (long first = 0; first < size; first += Part)
        {
            CopyLimit.RowsPerSecond(bed.ServiceDatabase, RatedRows.Of(events, first, Part, bed.Prices), 1);
            if ((first + Part) % 1_000_000 == 0)
                Console.Error.WriteLine($"  {first + Part:N0} events laid in");
        }

        Bed.Execute(bed.ServiceDatabase, "vacuum analyze");
        var started = Stopwatch.GetTimestamp();
        bed.RunVerb("rebuild");
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
