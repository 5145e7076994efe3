using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Core.Pricing;

namespace Podcasto.Costs.Server.Ingest.Writing;

/// <summary>The events of a group of requests: rated, without repeated ids, in the order of their ids.</summary>
internal sealed class LedgerBatch
{
    private readonly IReadOnlyList<IngestRequest> _requests;
    private readonly List<int>?[] _tooDear;
    private readonly Dictionary<Guid, int> _first = [];

    public LedgerBatch(IReadOnlyList<IngestRequest> requests, PriceBook prices)
    {
        _requests = requests;
        PriceVersion = prices.Version;
        _tooDear = new List<int>?[requests.Count];
        var events = new List<PricedEvent>();
        for (var index = 0; index < requests.Count; index++)
            _tooDear[index] = Rate(requests[index], prices, events);

        // Sorted, so that transactions side by side meet the same ids in the same order.
        events.Sort((left, right) => left.Event.Id.CompareTo(right.Event.Id));
        for (var index = 0; index < events.Count; index++)
            _first[events[index].Event.Id] = index;
        Events = events;
        Inserted = [];
    }

    /// <summary>The version of the book that it was rated by.</summary>
    public long PriceVersion { get; }

    /// <summary>What is to be stored.</summary>
    public IReadOnlyList<PricedEvent> Events { get; }

    /// <summary>Which of <see cref="Events"/> were new.</summary>
    public bool[] Inserted { get; set; }

    /// <summary>What the ledger holds of the others.</summary>
    public IReadOnlyDictionary<Guid, EventOutcome> Stored { get; set; } = new Dictionary<Guid, EventOutcome>();

    public bool HasDuplicates => Array.Exists(Inserted, inserted => !inserted);

    public bool HasNew => Array.Exists(Inserted, inserted => inserted);

    public IReadOnlyList<Guid> DuplicateIds => [.. Events.Where((_, index) => !Inserted[index]).Select(priced => priced.Event.Id)];

    public IEnumerable<PricedEvent> NewEvents => Events.Where((_, index) => Inserted[index]);

    public void MarkAllInserted()
    {
        Inserted = new bool[Events.Count];
        Array.Fill(Inserted, true);
    }

    /// <summary>Answers every request.</summary>
    public void Answer()
    {
        // The first event of an id, in the order in which requests came, is the one that was stored.
        var told = new HashSet<Guid>();
        for (var index = 0; index < _requests.Count; index++)
        {
            var request = _requests[index];
            request.Complete(
                _tooDear[index] is { } tooDear
                    ? new IngestResult([], tooDear)
                    : new IngestResult([.. request.Events.Select(costEvent => Outcome(costEvent.Id, told))], [])
            );
        }
    }

    private EventOutcome Outcome(Guid id, HashSet<Guid> told)
    {
        var index = _first[id];
        if (!Inserted[index])
            return Stored[id];
        var priced = Events[index];
        return new EventOutcome(id, !told.Add(id), priced.UnitCostUsd, priced.TotalCostUsd, priced.PricedBy);
    }

    private List<int>? Rate(IngestRequest request, PriceBook prices, List<PricedEvent> events)
    {
        List<int>? tooDear = null;
        var start = events.Count;
        for (var index = 0; index < request.Events.Count; index++)
        {
            var costEvent = request.Events[index];
            if (Rating.Rate(costEvent, prices) is not { } priced)
                (tooDear ??= []).Add(index);
            else if (_first.TryAdd(costEvent.Id, 0))
                events.Add(priced);
        }

        if (tooDear is null)
            return null;
        // All or nothing: the whole request goes.
        foreach (var priced in events.Skip(start))
            _first.Remove(priced.Event.Id);
        events.RemoveRange(start, events.Count - start);
        return tooDear;
    }
}
