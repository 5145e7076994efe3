using Microsoft.Extensions.Options;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Rollups.Index;

/// <summary>
/// The days of episodes, in memory: distinct episodes over any span of days are in no rollup, and take the database long to tell apart.
/// Every answer first asks the database whether the days still are as they were read, so none is older than its question, however many
/// servers there are and whatever happened: events, moves between podcasts, repairs.
/// </summary>
internal sealed class EpisodeIndex(Database database, IOptions<EpisodeIndexOptions> options) : IDisposable
{
    // About so many rows are read at a time.
    private const int RowsAtOnce = 20_000;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly IndexState _state = new(options.Value.MaxRows);
    private readonly KeptAnswers _answers = new();

    /// <summary>How many rows are held.</summary>
    public long Rows
    {
        get
        {
            lock (_gate)
                return _state.Rows;
        }
    }

    /// <summary>Computes something over the episodes of a span of days, both ends included.</summary>
    /// <param name="question">What is computed; equal for equal answers. Small answers are kept by it until their days change. Null keeps none.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="compute">Computes the answer; it is not to be changed afterwards.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Null where the span has more rows than are held.</returns>
    public async Task<T?> ReadAsync<T>(
        object? question,
        DateOnly from,
        DateOnly to,
        Func<SpanEpisodes, T> compute,
        CancellationToken cancellationToken
    )
        where T : class
    {
        SpanVersion span;
        await using (var connection = await database.OpenAsync(cancellationToken))
            span = await EpisodeIndexReader.VersionAsync(connection, null, from, to, cancellationToken);
        if (span.Rows > options.Value.MaxRows || options.Value.MaxRows == 0)
            return null;
        lock (_gate)
        {
            if (question is not null && _answers.Find((question, from, to), span) is T kept)
                return kept;
            if (span.Days.Count == 0 || _state.Holds(span))
                return Compute(question, from, to, compute, span);
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            span = await LoadAsync(from, to, cancellationToken);
            lock (_gate)
                return Compute(question, from, to, compute, span);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>All days with events, as they are in the database.</summary>
    public async Task<SpanVersion> DaysAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await EpisodeIndexReader.VersionAsync(connection, null, DateOnly.MinValue, DateOnly.MaxValue, cancellationToken);
    }

    public void Dispose() => _turn.Dispose();

    private T Compute<T>(object? question, DateOnly from, DateOnly to, Func<SpanEpisodes, T> compute, SpanVersion span)
        where T : class
    {
        var answer = compute(_state.Of(span));
        if (question is not null && span.Days.Count > 0)
            _answers.Add((question, from, to), span, answer);
        return answer;
    }

    // Whoever loads has the turn, so the state changes under nobody else's hands. Each step leaves it right, if not complete.
    private async Task<SpanVersion> LoadAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        await using var snapshot = await database.BeginSnapshotAsync(cancellationToken);
        var span = await EpisodeIndexReader.VersionAsync(snapshot.Connection, snapshot.Transaction, from, to, cancellationToken);
        if (span.Days.Count == 0)
            return span;
        IReadOnlyList<EpisodeRow> changed =
            _state.IsEmpty || span.Revision <= _state.Revision
                ? []
                : await EpisodeIndexReader.ChangedAsync(snapshot, _state.Revision, cancellationToken);
        HashSet<DayVersion> missing;
        lock (_gate)
        {
            _state.Renew(span, changed);
            missing = [.. _state.Missing(span)];
        }

        foreach (var days in InPieces(span, missing))
        {
            var rows = await EpisodeIndexReader.RowsAsync(snapshot, days[0].Day, days[^1].Day, cancellationToken);
            lock (_gate)
            {
                foreach (var day in days)
                    _state.Add(day, rows[day.Day], span);
            }
        }

        return span;
    }

    // Days in a row that are missing, a few at a time.
    private static IEnumerable<List<DayVersion>> InPieces(SpanVersion span, HashSet<DayVersion> missing)
    {
        var piece = new List<DayVersion>();
        foreach (var day in span.Days)
        {
            var isMissing = missing.Contains(day);
            if (piece.Count > 0 && (!isMissing || piece.Sum(item => item.EpisodeCount) + day.EpisodeCount > RowsAtOnce))
            {
                yield return piece;
                piece = [];
            }

            if (isMissing)
                piece.Add(day);
        }

        if (piece.Count > 0)
            yield return piece;
    }
}
