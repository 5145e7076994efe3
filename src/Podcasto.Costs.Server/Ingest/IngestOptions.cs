using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Podcasto.Costs.Server.Ingest;

/// <summary>Section <c>Ingest</c>: how events are taken in.</summary>
internal sealed class IngestOptions
{
    public const string Section = "Ingest";

    /// <summary>Most events in one transaction; one request's events are never split.</summary>
    /// <value>Default 5,000. From 1 to 50,000.</value>
    [Range(1, 50_000)]
    public int BatchSize { get; init; } = 5_000;

    /// <summary>Most events that wait for a transaction; past it requests get 429.</summary>
    /// <value>Default 100,000. From 10,000 (the largest request) to 10,000,000.</value>
    [Range(10_000, 10_000_000)]
    public int MaxQueuedEvents { get; init; } = 100_000;

    /// <summary>Transactions side by side.</summary>
    /// <value>Default 2; SQLite always has one. From 1 to 16.</value>
    [Range(1, 16)]
    public int Writers { get; init; } = 2;

    /// <summary>How long a batch is tried again while the database is away, in seconds; then its requests get 503.</summary>
    /// <value>Default 10. From 0 to 300.</value>
    [Range(0, 300)]
    public int RetrySeconds { get; init; } = 10;
}

[OptionsValidator]
internal sealed partial class IngestOptionsValidator : IValidateOptions<IngestOptions>;
