namespace Podcasto.Costs.Client.Tracking;

/// <summary>Makes batches of what is in the buffer.</summary>
internal sealed class Batcher(EventBuffer buffer, Courier courier, Settlement settlement, int batchSize) : IDisposable
{
    // A request stays far below the server's 64 MiB even where every event is as large as one may be.
    private const int MaxBytes = 4 << 20;

    private readonly EventEncoder _encoder = new();
    private int _usualBytes = 4_096;

    /// <summary>A batch of what is there; empty when nothing is.</summary>
    public EventBatch Next()
    {
        var batch = new EventBatch(_usualBytes);
        while (batch.Count < batchSize && batch.Bytes < MaxBytes && buffer.TryTake(out var tracked))
        {
            try
            {
                batch.Add(_encoder.Encode(tracked));
            }
            catch (Exception exception)
            {
                courier.SetAside(tracked.Event.Service ?? "", [$"cannot be written as JSON: {exception.Message}"]);
                settlement.Settle(1);
            }
        }

        if (batch.Count > 0)
            _usualBytes = batch.Bytes + 1;
        return batch;
    }

    public void Dispose() => _encoder.Dispose();
}
