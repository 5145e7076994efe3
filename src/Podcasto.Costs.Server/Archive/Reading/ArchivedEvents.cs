using DuckDB.NET.Data;
using Podcasto.Costs.Server.Events;
using Podcasto.Costs.Server.Parquet;

namespace Podcasto.Costs.Server.Archive.Reading;

/// <summary>Archived rows of some files, as a view <c>events</c> with the columns of <see cref="EventFile"/>; one query at a time.</summary>
internal sealed class ArchivedEvents : IDisposable
{
    private static readonly Dictionary<string, object> None = [];

    private readonly ParquetReader _reader;

    /// <param name="reader">Is disposed with this.</param>
    /// <param name="files">The files.</param>
    /// <param name="sources">Their rows, as queries.</param>
    public ArchivedEvents(ParquetReader reader, IReadOnlyList<ArchiveFile> files, IReadOnlyList<string> sources)
    {
        _reader = reader;
        Files = files;
        try
        {
            _reader.Execute($"create view events as {string.Join(" union all ", sources)}");
        }
        catch
        {
            _reader.Dispose();
            throw;
        }
    }

    public IReadOnlyList<ArchiveFile> Files { get; }

    /// <summary>Runs a query of <c>events</c>.</summary>
    /// <inheritdoc cref="ParquetReader.Query{T}" path="/param"/>
    /// <exception cref="ArchiveException">A file cannot be read after all.</exception>
    public IEnumerable<T> Query<T>(
        string sql,
        IReadOnlyDictionary<string, object>? parameters,
        Func<ParquetRow, T> map,
        CancellationToken cancellationToken
    )
    {
        using var rows = _reader.Query(sql, parameters ?? None, map, cancellationToken).GetEnumerator();
        while (Next(rows, cancellationToken))
            yield return rows.Current;
    }

    /// <summary>Whole rows.</summary>
    /// <param name="rest">What follows <c>from events</c>.</param>
    /// <param name="parameters">Of it.</param>
    /// <param name="cancellationToken">Stops.</param>
    public IEnumerable<StoredEvent> Rows(string rest, IReadOnlyDictionary<string, object>? parameters, CancellationToken cancellationToken) =>
        Query($"select {EventFile.Names} from events {rest}", parameters, EventFile.Read, cancellationToken);

    /// <summary>Keeps the result of a query for further ones.</summary>
    public void Keep(string table, string sql)
    {
        var file = ParquetReader.Literal(_reader.ScratchFile($"{table}.duckdb"));
        _reader.Execute(
            $"attach {file} as {table}_kept; create table {table}_kept.{table} as {sql}; create view {table} as from {table}_kept.{table}"
        );
    }

    public void Dispose() => _reader.Dispose();

    private bool Next<T>(IEnumerator<T> rows, CancellationToken cancellationToken)
    {
        try
        {
            return rows.MoveNext();
        }
        catch (DuckDBException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
        catch (DuckDBException exception)
        {
            throw new ArchiveException($"The archived events in {string.Join(", ", Files.Select(file => file.Path))} cannot be read.", exception);
        }
    }
}
