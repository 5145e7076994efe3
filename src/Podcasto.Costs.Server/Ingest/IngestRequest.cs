using Podcasto.Costs.Core.Events;

namespace Podcasto.Costs.Server.Ingest;

/// <summary>Events that one body brought, on their way to the ledger; answered after the commit.</summary>
internal sealed class IngestRequest(IReadOnlyList<CostEvent> events)
{
    // Continuations run elsewhere: the writer goes on with the next batch.
    private readonly TaskCompletionSource<IngestResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<CostEvent> Events { get; } = events;

    public Task<IngestResult> Answer => _answer.Task;

    public void Complete(IngestResult result) => _answer.TrySetResult(result);

    public void Fail(Exception exception) => _answer.TrySetException(exception);
}
