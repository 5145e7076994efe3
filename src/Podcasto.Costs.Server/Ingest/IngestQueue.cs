using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Podcasto.Costs.Core.Events;

namespace Podcasto.Costs.Server.Ingest;

/// <summary>Where requests wait for a writer; bounded by the number of events.</summary>
internal sealed class IngestQueue(IOptions<IngestOptions> options)
{
    private readonly Channel<IngestRequest> _requests = Channel.CreateUnbounded<IngestRequest>();
    private readonly int _maxEvents = options.Value.MaxQueuedEvents;
    private long _events;

    public ChannelReader<IngestRequest> Reader => _requests.Reader;

    /// <summary>Events that wait, or are being written.</summary>
    public long Depth => Interlocked.Read(ref _events);

    /// <summary>The request's place in the queue; null where the queue is full, or closed for shutdown.</summary>
    public Task<IngestResult>? TryEnqueue(IReadOnlyList<CostEvent> events)
    {
        if (Interlocked.Add(ref _events, events.Count) > _maxEvents)
        {
            Interlocked.Add(ref _events, -events.Count);
            return null;
        }

        var request = new IngestRequest(events);
        if (_requests.Writer.TryWrite(request))
            return request.Answer;
        Interlocked.Add(ref _events, -events.Count);
        return null;
    }

    /// <summary>Tells the queue that requests were answered.</summary>
    public void Release(int events) => Interlocked.Add(ref _events, -events);

    /// <summary>Takes no more; what waits is still written.</summary>
    public void Close() => _requests.Writer.TryComplete();
}
