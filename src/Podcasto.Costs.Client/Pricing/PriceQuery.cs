namespace Podcasto.Costs.Client.Pricing;

/// <summary>Which prices; what is null does not narrow.</summary>
public sealed record PriceQuery
{
    /// <summary>The service that they are for.</summary>
    public string? Service { get; init; }

    /// <summary>The region that they hold for.</summary>
    public string? Region { get; init; }

    /// <summary>The model that they hold for.</summary>
    public string? Model { get; init; }

    /// <summary>The unit that they price.</summary>
    public string? Unit { get; init; }

    /// <summary>In force at this instant.</summary>
    public DateTimeOffset? At { get; init; }
}
