namespace Podcasto.Costs.Server.Demo;

/// <summary>An event of the demo, as a sender would tell it.</summary>
internal sealed record DemoEvent(DateTimeOffset At, string EventType, string Service, decimal Quantity, string Unit)
{
    public Guid Id { get; init; }

    public Guid? EpisodeId { get; init; }

    public Guid? PodcastId { get; init; }

    public decimal? UnitCostUsd { get; init; }

    /// <summary>Names and values; a value is a text or a decimal.</summary>
    public IReadOnlyList<(string Name, object Value)> Metadata { get; init; } = [];
}
