using Podcasto.Costs.Core.Events;

namespace Podcasto.Costs.Server.Ingest;

/// <summary>
/// Stores what is too long for one write, lines or spans, part by part: a few are being stored while the next is read. Parts that share an id follow
/// each other, so that the first event of an id stands.
/// </summary>
/// <param name="queue">Takes the parts.</param>
/// <param name="reject">Hears of an event that cannot be stored: its place in what was sent, and why.</param>
/// <param name="receipt">Takes what became of the others.</param>
internal sealed class IngestParts(IngestQueue queue, Action<long, string> reject, ReceiptBuilder receipt)
{
    /// <summary>How many events a part should have.</summary>
    public const int PartSize = 1_000;

    private const int MaxParts = 6;

    private readonly Lock _lock = new();
    private readonly Queue<(Task<bool> Stored, HashSet<Guid> Ids)> _storing = new();

    /// <summary>Stores a part beside those before it.</summary>
    /// <param name="events">Its events; the list is kept.</param>
    /// <param name="places">The place of each in what was sent: a line, or a number.</param>
    /// <returns>False where the queue is full even though no part of this request waits any more; then earlier parts are stored.</returns>
    public async Task<bool> AddAsync(List<CostEvent> events, List<long> places)
    {
        if (events.Count == 0)
            return true;
        if (_storing.Count == MaxParts && !await _storing.Dequeue().Stored)
            return false;
        var ids = events.Select(costEvent => costEvent.Id).ToHashSet();
        if (_storing.Any(part => part.Ids.Overlaps(ids)) && !await DrainAsync())
            return false;
        // Full? What of it is ours will make room.
        var answer = queue.TryEnqueue(events);
        if (answer is null && _storing.Count > 0)
            answer = await DrainAsync() ? queue.TryEnqueue(events) : null;
        if (answer is null)
            return false;
        _storing.Enqueue((FinishAsync(answer, events, places), ids));
        return true;
    }

    /// <summary>Waits until all parts are stored; false where one of them was refused.</summary>
    public async Task<bool> DrainAsync()
    {
        var stored = true;
        while (_storing.TryDequeue(out var part))
            stored &= await part.Stored;
        return stored;
    }

    private async Task<bool> FinishAsync(Task<IngestResult> answer, List<CostEvent> events, List<long> places)
    {
        while (true)
        {
            var result = await answer;
            if (result.TooDear.Count == 0)
            {
                lock (_lock)
                    receipt.Add(result.Outcomes);
                return true;
            }

            // One write is all or nothing, a request like this is not: it goes again without the lines that cost too much.
            foreach (var index in result.TooDear.Reverse())
            {
                lock (_lock)
                    reject(places[index], ReceiptBuilder.TooDear);
                events.RemoveAt(index);
                places.RemoveAt(index);
            }

            if (events.Count == 0)
                return true;
            if (queue.TryEnqueue(events) is not { } again)
                return false;
            answer = again;
        }
    }
}
