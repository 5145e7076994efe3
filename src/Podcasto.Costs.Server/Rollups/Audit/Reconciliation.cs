using Podcasto.Costs.Core.Rollups;

namespace Podcasto.Costs.Server.Rollups.Audit;

/// <summary>Has a part of the rollups equal its events, and says in the log what did not.</summary>
internal sealed partial class Reconciliation(RollupAudit audit, ILogger<Reconciliation> log)
{
    private const int MaxNamed = 20;

    /// <summary>A day; also its month where the day was wrong, because months are sums of days.</summary>
    /// <returns>How many rows did not equal their events, and do now.</returns>
    public async Task<int> DayAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var differences = await RunAsync(audit.DayAsync(day, repair: true, spool: null, cancellationToken));
        return differences == 0 ? 0 : differences + await MonthAsync(Month.Of(day), cancellationToken);
    }

    /// <summary>A month; its days are taken to be right.</summary>
    /// <returns>How many rows did not equal their events, and do now.</returns>
    public Task<int> MonthAsync(Month month, CancellationToken cancellationToken) =>
        RunAsync(audit.MonthAsync(month, repair: true, cancellationToken));

    private async Task<int> RunAsync(Task<IReadOnlyList<Difference>> audit)
    {
        var repaired = await audit;
        foreach (var difference in repaired.Take(MaxNamed))
            Log.Repaired(log, difference);
        return repaired.Count;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Repaired: {Difference}")]
        public static partial void Repaired(ILogger logger, Difference difference);
    }
}
