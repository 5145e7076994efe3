using Podcasto.Costs.Core.Events;

namespace Podcasto.Costs.Core.Rollups;

/// <summary>What an event could add to its episode's usage metrics; its category decides which of them count.</summary>
/// <param name="Tokens">Input and output tokens of the metadata, else the quantity where the unit is a token unit.</param>
/// <param name="Emails">The quantity in <c>emails</c>.</param>
/// <param name="Requests">The quantity in <c>requests</c>.</param>
/// <param name="FileSizeMb">The metadata's file size.</param>
/// <param name="DurationSeconds">The metadata's duration.</param>
public readonly record struct UsageMetrics(decimal Tokens, decimal Emails, decimal Requests, decimal FileSizeMb, decimal DurationSeconds)
{
    /// <summary>What an event could add.</summary>
    public static UsageMetrics Of(CostEvent costEvent)
    {
        ArgumentNullException.ThrowIfNull(costEvent);
        return new UsageMetrics(
            costEvent.Usage.Tokens ?? (IsTokenUnit(costEvent.Unit) ? costEvent.Quantity : 0),
            costEvent.Unit == "emails" ? costEvent.Quantity : 0,
            costEvent.Unit == "requests" ? costEvent.Quantity : 0,
            costEvent.Usage.FileSizeMb ?? 0,
            costEvent.Usage.DurationSeconds ?? 0
        );
    }

    /// <summary>What takes them away again.</summary>
    public UsageMetrics Negated() => new(-Tokens, -Emails, -Requests, -FileSizeMb, -DurationSeconds);

    /// <summary>Whether a unit counts tokens: <c>tokens</c> and every kind of them, such as <c>cached_input_tokens</c>.</summary>
    public static bool IsTokenUnit(string unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit == "tokens" || unit.EndsWith("_tokens", StringComparison.Ordinal);
    }
}
