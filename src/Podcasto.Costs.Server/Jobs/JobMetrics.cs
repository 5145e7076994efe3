using System.Diagnostics.Metrics;
using Podcasto.Costs.Server.Hosting;

namespace Podcasto.Costs.Server.Jobs;

/// <summary>What an operator watches of jobs.</summary>
internal sealed class JobMetrics
{
    private readonly Counter<long> _differences = Telemetry.Meter.CreateCounter<long>(
        "podcasto.costs.rollup.differences",
        "{row}",
        "Rollup rows that did not equal their events; must stay zero"
    );
    private readonly Histogram<double> _duration = Telemetry.Meter.CreateHistogram<double>(
        "podcasto.costs.job.duration",
        "s",
        "Jobs from their start to their end, by kind and state"
    );

    public void Ended(string kind, string state, TimeSpan took, long differences)
    {
        _duration.Record(took.TotalSeconds, new("kind", kind), new("state", state));
        // Also the zeros: a counter that was never seen cannot be watched.
        _differences.Add(differences);
    }
}
