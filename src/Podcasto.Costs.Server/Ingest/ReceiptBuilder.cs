using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Core.Numbers;
using Podcasto.Costs.Core.Pricing;
using Podcasto.Costs.Server.Ingest.Writing;

namespace Podcasto.Costs.Server.Ingest;

/// <summary>Adds up what became of a body's events.</summary>
internal sealed class ReceiptBuilder
{
    public static readonly string TooDear = $"costs more than {DecimalText.Format(Rating.MaxEventCostUsd)} US dollars";

    private int _accepted;
    private int _duplicates;
    private int _unpriced;
    private decimal _totalCostUsd;

    public void Add(IReadOnlyList<EventOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            if (outcome.IsDuplicate)
            {
                _duplicates++;
                continue;
            }

            _accepted++;
            _totalCostUsd += outcome.TotalCostUsd;
            if (outcome.PricedBy == PricedBy.None)
                _unpriced++;
        }
    }

    public IngestReceipt Build() =>
        new()
        {
            Accepted = _accepted,
            Duplicates = _duplicates,
            Unpriced = _unpriced,
            TotalCostUsd = _totalCostUsd,
        };

    /// <summary>One entry an event.</summary>
    public static IReadOnlyList<IngestedEvent> Entries(IReadOnlyList<EventOutcome> outcomes) =>
        [
            .. outcomes.Select(outcome => new IngestedEvent
            {
                Id = outcome.Id,
                Status = outcome.IsDuplicate ? "duplicate" : "accepted",
                UnitCostUsd = outcome.UnitCostUsd,
                TotalCostUsd = outcome.TotalCostUsd,
                PricedBy = outcome.PricedBy.Name(),
            }),
        ];
}
