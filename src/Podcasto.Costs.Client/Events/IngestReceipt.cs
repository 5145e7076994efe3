using System.Text.Json.Serialization;

namespace Podcasto.Costs.Client.Events;

/// <summary>The answer to <c>POST /api/v1/events</c>: the events are durable, and every rollup holds them.</summary>
public sealed record IngestReceipt
{
    /// <summary>How many events were newly stored.</summary>
    public required int Accepted { get; init; }

    /// <summary>How many ids were counted before, in the ledger or earlier in the same body.</summary>
    public required int Duplicates { get; init; }

    /// <summary>How many of the newly stored events nothing priced.</summary>
    public required int Unpriced { get; init; }

    /// <summary>What the newly stored events cost, US dollars.</summary>
    public required decimal TotalCostUsd { get; init; }

    /// <summary>One entry an event, in the order sent; left out for NDJSON and with <c>Prefer: return=minimal</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<IngestedEvent>? Events { get; init; }

    /// <summary>NDJSON only: how many lines were not stored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Rejected { get; init; }

    /// <summary>NDJSON only: the first 100 of them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RejectedLine>? Errors { get; init; }
}
