using Podcasto.Costs.Core.Events;

namespace Podcasto.Costs.Server.Ingest;

/// <summary>Events that one body brought, on their way to the ledger; answered after the commit.</summary>
internal sealed class IngestRequest
{
    // An event and its place in a batch, without its metadata: measured, and rounded up.
    private const int BytesPerEvent = 700;

    // Continuations run elsewhere: the writer goes on with the next batch.
    private readonly TaskCompletionSource<IngestResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IngestRequest(IReadOnlyList<CostEvent> events)
    {
        Events = events;
        long bytes = 0;
        foreach (var costEvent in events)
            bytes += BytesPerEvent + costEvent.Metadata.Length;
        Bytes = bytes;
    }

    public IReadOnlyList<CostEvent> Events { get; }

    /// <summary>About the memory that it holds until it is answered.</summary>
    public long Bytes { get; }

    public Task<IngestResult> Answer => _answer.Task;

    public void Complete(IngestResult result) => _answer.TrySetResult(result);

    public void Fail(Exception exception) => _answer.TrySetException(exception);
}
