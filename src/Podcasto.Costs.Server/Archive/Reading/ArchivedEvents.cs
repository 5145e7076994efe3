using DuckDB.NET.Data;
using Podcasto.Costs.Server.Archive.Storage;
using Podcasto.Costs.Server.Events;
using Podcasto.Costs.Server.Parquet;

namespace Podcasto.Costs.Server.Archive.Reading;

/// <summary>Archived rows of some files, as a view <c>events</c> with the columns of <see cref="EventFile"/>; one query at a time.</summary>
internal sealed class ArchivedEvents : IDisposable
{
    private static readonly Dictionary<string, object> None = [];

    private readonly ParquetReader _reader;
    private readonly IReadOnlyList<LocalFile> _local;
    private readonly IArchiveStorage _storage;

    /// <param name="reader">Is disposed with this.</param>
    /// <param name="files">The files.</param>
    /// <param name="local">Where each is; disposed with this.</param>
    /// <param name="storage">Names them in errors.</param>
    /// <param name="rowsOf">The rows of one, as a query.</param>
    public ArchivedEvents(
        ParquetReader reader,
        IReadOnlyList<ArchiveFile> files,
        IReadOnlyList<LocalFile> local,
        IArchiveStorage storage,
        Func<string, ArchiveFile, string> rowsOf
    )
    {
        (_reader, Files, _local, _storage) = (reader, files, local, storage);
        try
        {
            _reader.Execute($"create view events as {string.Join(" union all ", local.Zip(files, (at, file) => rowsOf(at.Path, file)))}");
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
    /// <exception cref="ArchiveException">A file cannot be read after all, or there is no room.</exception>
    public void Keep(string table, string sql)
    {
        var file = ParquetReader.Literal(_reader.ScratchFile($"{table}.duckdb"));
        try
        {
            _reader.Execute(
                $"attach {file} as {table}_kept; create table {table}_kept.{table} as {sql}; create view {table} as from {table}_kept.{table}"
            );
        }
        catch (DuckDBException exception)
        {
            throw Unreadable(exception);
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        foreach (var file in _local)
            file.Dispose();
    }

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
            throw Unreadable(exception);
        }
    }

    private ArchiveException Unreadable(DuckDBException exception) =>
        new($"{string.Join(", ", Files.Select(file => _storage.Describe(file.Path)))} cannot be read: {exception.Message}", exception)
        {
            HasMoved = AreGone(_local),
        };

    /// <summary>Whether one was deleted since it was fetched. A restore does that; if it was somebody else, fetching once more will say so.</summary>
    public static bool AreGone(IEnumerable<LocalFile> files) => !files.All(file => File.Exists(file.Path));
}
