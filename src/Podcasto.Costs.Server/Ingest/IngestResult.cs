using Podcasto.Costs.Core.Events;

namespace Podcasto.Costs.Server.Ingest;

/// <summary>What became of a request's events.</summary>
/// <param name="Outcomes">One for each event, in the order sent; empty where the request was refused.</param>
/// <param name="TooDear">Indexes of the events whose cost exceeds the limit; where there are any, nothing was stored.</param>
internal sealed record IngestResult(IReadOnlyList<EventOutcome> Outcomes, IReadOnlyList<int> TooDear);

/// <summary>What became of one event.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IsDuplicate">The id was counted before; the other values are those of the stored event.</param>
/// <param name="UnitCostUsd">US dollars for one unit.</param>
/// <param name="TotalCostUsd">US dollars.</param>
/// <param name="PricedBy">Where the unit cost came from.</param>
internal readonly record struct EventOutcome(Guid Id, bool IsDuplicate, decimal UnitCostUsd, decimal TotalCostUsd, PricedBy PricedBy);
