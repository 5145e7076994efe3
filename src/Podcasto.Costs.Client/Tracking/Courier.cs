using System.Text;
using Microsoft.Extensions.Logging;
using Podcasto.Costs.Client.Spooling;

namespace Podcasto.Costs.Client.Tracking;

/// <summary>Delivers batches: what the server refuses is set aside with the reason, and the rest is sent again.</summary>
internal sealed partial class Courier(
    IngestConnection connection,
    TrackerCounters counters,
    RejectedFile rejects,
    Action<RejectedEvent>? onRejected,
    ILogger logger
)
{
    /// <summary>Returns when no event of the batch waits any more.</summary>
    /// <param name="batch">The events.</param>
    /// <param name="settled">Told how many are done with, as they are.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">It is over before.</exception>
    public async Task DeliverAsync(EventBatch batch, Action<int> settled, CancellationToken cancellationToken)
    {
        var waiting = new Stack<EventBatch>([batch]);
        while (waiting.TryPop(out var next))
        {
            var answer = await connection.PostAsync(next, cancellationToken);
            if (answer.IsAccepted)
            {
                counters.Sent(next.Count);
                settled(next.Count);
                continue;
            }

            foreach (var rest in Separate(next, answer, settled))
                waiting.Push(rest);
        }
    }

    /// <summary>Sets an event aside.</summary>
    public void SetAside(string json, IReadOnlyList<string> reasons)
    {
        counters.Dropped(DropReason.Rejected);
        Rejected(logger, string.Join("; ", reasons), json);
        var rejected = new RejectedEvent(json, reasons);
        // Each is tried whatever becomes of the other.
        foreach (var keep in (Action<RejectedEvent>?[])[rejects.Add, onRejected])
        {
            try
            {
                keep?.Invoke(rejected);
            }
            catch (Exception exception)
            {
                NotKept(logger, exception);
            }
        }
    }

    private List<EventBatch> Separate(EventBatch batch, IngestAnswer answer, Action<int> settled)
    {
        var named = answer.Named(batch.Count);
        if (named.Count == 0 && batch.Count == 1)
            named = new Dictionary<int, List<string>> { [0] = [.. answer.Errors.SelectMany(error => error.Value).DefaultIfEmpty("is too large")] };
        foreach (var (index, reasons) in named)
            SetAside(Encoding.UTF8.GetString(batch[index]), reasons);
        settled(named.Count);
        var rest = Enumerable.Range(0, batch.Count).Where(index => !named.ContainsKey(index)).ToList();
        // Nobody is named: the halves tell where it lies.
        var parts =
            named.Count == 0 ? rest.Chunk((rest.Count + 1) / 2)
            : rest.Count > 0
                ?
                [
                    [.. rest],
                ]
            : Enumerable.Empty<int[]>();
        return [.. parts.Select(batch.Of)];
    }

    [LoggerMessage(LogLevel.Warning, "An event was set aside: {Reasons}. {Event}")]
    private static partial void Rejected(ILogger logger, string reasons, string @event);

    [LoggerMessage(LogLevel.Warning, "An event that was set aside could not be kept.")]
    private static partial void NotKept(ILogger logger, Exception exception);
}
