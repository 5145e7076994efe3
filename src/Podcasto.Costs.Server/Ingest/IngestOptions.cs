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

    /// <summary>Most memory of the events that wait for their commit, in megabytes; past it requests get 429. Requests of up to 100 events have a quarter of it to themselves.</summary>
    /// <value>Default 64. From 16 to 4,096.</value>
    [Range(16, 4_096)]
    public int MaxQueuedMegabytes { get; init; } = 64;

    /// <summary>Most transactions side by side.</summary>
    /// <value>Default 2; SQLite always has one. From 1 to 16.</value>
    [Range(1, 16)]
    public int Writers { get; init; } = 2;

    /// <summary>How many events must wait, at least, before a transaction begins beside another: fewer are better off together in the next one.</summary>
    /// <value>Default 1,000. From 1 to 50,000.</value>
    [Range(1, 50_000)]
    public int SecondWriterFrom { get; init; } = 1_000;

    /// <summary>How long a batch is tried again while the database is away, in seconds; then its requests get 503.</summary>
    /// <value>Default 10. From 0 to 300.</value>
    [Range(0, 300)]
    public int RetrySeconds { get; init; } = 10;
}

[OptionsValidator]
internal sealed partial class IngestOptionsValidator : IValidateOptions<IngestOptions>;
