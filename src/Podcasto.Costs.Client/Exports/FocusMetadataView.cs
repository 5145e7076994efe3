using System.Text.Json.Serialization;

namespace Podcasto.Costs.Client.Exports;

/// <summary>What describes a month's FOCUS export: FOCUS's own metadata in FOCUS's own words, and what the export leaves out.</summary>
public sealed record FocusMetadataView
{
    /// <summary>Who made the data.</summary>
    [JsonPropertyName("DataGenerator")]
    public string DataGenerator { get; init; } = "";

    /// <summary>The columns.</summary>
    [JsonPropertyName("Schema")]
    public FocusSchemaView Schema { get; init; } = new();

    /// <summary>The first instant of the month, UTC.</summary>
    [JsonPropertyName("x_BillingPeriodStart")]
    public DateTimeOffset BillingPeriodStart { get; init; }

    /// <summary>The first instant after it.</summary>
    [JsonPropertyName("x_BillingPeriodEnd")]
    public DateTimeOffset BillingPeriodEnd { get; init; }

    /// <summary>Whether the month has not ended, so that an export made later may hold more.</summary>
    [JsonPropertyName("x_IsOpen")]
    public bool IsOpen { get; init; }

    /// <summary>The sum of <c>BilledCost</c>: what the ledger says that the month cost, US dollars.</summary>
    [JsonPropertyName("x_BilledCost")]
    public decimal BilledCost { get; init; }

    /// <summary>Events in the export's rows.</summary>
    [JsonPropertyName("x_EventCount")]
    public long EventCount { get; init; }

    /// <summary>Events that nothing priced: FOCUS has no row for usage without a price, so they are left out.</summary>
    [JsonPropertyName("x_UnpricedEventCount")]
    public long UnpricedEventCount { get; init; }

    /// <summary>What they used, most events first; at most 1,000 kinds.</summary>
    [JsonPropertyName("x_UnpricedUsage")]
    public IReadOnlyList<FocusUnpricedUsage> UnpricedUsage { get; init; } = [];
}

/// <summary>Usage that is not in the export.</summary>
public sealed record FocusUnpricedUsage
{
    /// <summary>What was used.</summary>
    [JsonPropertyName("x_Service")]
    public string Service { get; init; } = "";

    /// <summary>With which model; null for none.</summary>
    [JsonPropertyName("x_Model")]
    public string? Model { get; init; }

    /// <summary>In which region; null for none.</summary>
    [JsonPropertyName("RegionId")]
    public string? Region { get; init; }

    /// <summary>How many events.</summary>
    [JsonPropertyName("x_EventCount")]
    public long EventCount { get; init; }
}
