namespace Podcasto.Costs.Server.Ingest.Otlp;

/// <summary>A span, as far as costs are interested in it.</summary>
internal sealed class ReceivedSpan
{
    private const int Server = 2;
    private const int Producer = 4;
    private const int Consumer = 5;

    /// <summary>Zero where it is missing or malformed, as are the other ids.</summary>
    public UInt128 TraceId { get; set; }

    public ulong SpanId { get; set; }

    public ulong ParentId { get; set; }

    public int Kind { get; set; }

    /// <summary>Nanoseconds since 1970.</summary>
    public ulong EndNanoseconds { get; set; }

    public bool Failed { get; set; }

    public SpanAttributes Attributes { get; } = new();

    /// <summary>What is said of all spans of its process.</summary>
    public required SpanAttributes Resource { get; init; }

    public (UInt128 TraceId, ulong SpanId) Key => (TraceId, SpanId);

    /// <summary>Whether it was seen by who called. Who was called may send a span of the same call.</summary>
    public bool IsCallers => Kind is not (Server or Producer or Consumer);
}
