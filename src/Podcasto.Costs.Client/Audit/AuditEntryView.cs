using System.Text.Json;

namespace Podcasto.Costs.Client.Audit;

/// <summary>A change that somebody made, as the audit log keeps it for good.</summary>
public sealed record AuditEntryView
{
    /// <summary>Version 7: newer entries have greater ids.</summary>
    public required Guid Id { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who: the name of a key with its id, of a person with the provider's id, <c>configured admin key</c>, <c>console</c> or <c>server</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>What was done: <c>price.add</c>, <c>key.create</c>, <c>key.revoke</c>, <c>job.start</c>, <c>session.start</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to, in words.</summary>
    public required string Subject { get; init; }

    /// <summary>The values, <c>before</c> and <c>after</c> where something was there before; null where there is nothing to add.</summary>
    public JsonElement? Detail { get; init; }
}
