using System.Diagnostics.CodeAnalysis;

namespace Podcasto.Costs.Server.Ingest;

/// <summary>One of the queue's two lanes: first come, first served, bounded by memory. Guarded by the queue's lock.</summary>
internal sealed class IngestLane(long maxBytes)
{
    private readonly Queue<IngestRequest> _waiting = new();

    /// <summary>Memory of what waits or is being written.</summary>
    public long Bytes { get; private set; }

    /// <summary>Takes a request, unless the lane is full. An empty lane takes any.</summary>
    public bool TryAdd(IngestRequest request)
    {
        if (Bytes > 0 && Bytes + request.Bytes > maxBytes)
            return false;
        Bytes += request.Bytes;
        _waiting.Enqueue(request);
        return true;
    }

    public bool TryTake([MaybeNullWhen(false)] out IngestRequest request) => _waiting.TryDequeue(out request);

    public void Release(long bytes) => Bytes -= bytes;
}
