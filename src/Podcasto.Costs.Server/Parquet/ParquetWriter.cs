using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using DuckDB.NET.Data;
using DuckDBErrorType = DuckDB.NET.Native.DuckDBErrorType;

namespace Podcasto.Costs.Server.Parquet;

/// <summary>
/// Writes one Parquet file, zstd-compressed, its rows in the order in which they were added. They wait in smaller Parquet files beside it,
/// which DuckDB reads one after the other at the end: memory holds a part, however many there are. Not for two threads at once.
/// </summary>
internal sealed class ParquetWriter<T> : IDisposable
{
    // A part is in memory several times over: in the appender, which is outside of DuckDB's limit, as a table, and as what is compressed of it.
    private const int RowsPerPart = 20_480;
    private const long BytesPerPart = 8_000_000;
    private const int MemoryMegabytes = 256;

    private readonly IReadOnlyList<ParquetColumn<T>> _columns;
    private readonly ScratchFolder _scratch;
    private readonly DuckDBConnection _connection;
    private readonly List<string> _parts = [];
    private DuckDBAppender? _appender;
    private int _rowsInPart;
    private long _bytesInPart;

    /// <param name="folder">Where there is room for the file, twice.</param>
    /// <param name="columns">At least one.</param>
    /// <param name="memoryMegabytes">Most memory that DuckDB may have, 10^6 bytes each.</param>
    /// <exception cref="DiskFullException">There is no room.</exception>
    /// <exception cref="ParquetMemoryException">DuckDB may not have as much memory as it needs.</exception>
    public ParquetWriter(string folder, IReadOnlyList<ParquetColumn<T>> columns, int memoryMegabytes = MemoryMegabytes)
    {
        _columns = columns;
        _scratch = new ScratchFolder(folder);
        // One thread, because threads would each hold a part and change the order. What is read again is not worth keeping in memory.
        _connection = new DuckDBConnection(
            $"Data Source=:memory:;memory_limit={memoryMegabytes}MB;threads=1;preserve_insertion_order=false;enable_external_file_cache=false;temp_directory={_scratch.Location}"
        );
        try
        {
            _connection.Open();
            Execute("set TimeZone = 'UTC'");
            EmptyTable();
        }
        catch (Exception exception)
        {
            Dispose();
            if (exception is DuckDBException duck && HasName(duck))
                throw Named(duck);
            throw;
        }
    }

    /// <summary>How many rows were added.</summary>
    public long Rows { get; private set; }

    /// <summary>Adds a row. After an exception the writer is good for nothing but being disposed.</summary>
    /// <exception cref="DiskFullException">There is no room.</exception>
    /// <exception cref="ParquetMemoryException">DuckDB may not have as much memory as it needs.</exception>
    /// <exception cref="OverflowException">A decimal does not fit its column.</exception>
    public void Add(T item)
    {
        try
        {
            _appender ??= _connection.CreateAppender("rows");
            var row = _appender.CreateRow();
            foreach (var column in _columns)
            {
                column.Append(row, item);
                _bytesInPart += column.Size?.Invoke(item) ?? 0;
            }

            row.EndRow();
            Rows++;
            if (++_rowsInPart == RowsPerPart || _bytesInPart >= BytesPerPart)
                WritePart();
        }
        catch (DuckDBException exception) when (HasName(exception))
        {
            throw Named(exception);
        }
    }

    /// <summary>Writes the file and closes it: at the end it is whole, or not there.</summary>
    /// <param name="path">Where; its folder exists.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="DiskFullException">There is no room.</exception>
    /// <exception cref="ParquetMemoryException">DuckDB may not have as much memory as it needs.</exception>
    public void Finish(string path, CancellationToken cancellationToken)
    {
        var partial = path + ".partial";
        try
        {
            CloseAppender();
            if (_parts.Count > 0 && _rowsInPart > 0)
                WritePart();
            using var command = _connection.CreateCommand();
            command.CommandText =
                $"copy (select {Selected} from {Source}) to {Literal(partial)} (format parquet, compression zstd, row_group_size_bytes 8388608)";
            using var stop = cancellationToken.Register(command.Cancel);
            cancellationToken.ThrowIfCancellationRequested();
            command.ExecuteNonQuery();
            File.Move(partial, path, overwrite: true);
        }
        catch (DuckDBException exception) when (HasName(exception))
        {
            throw Named(exception);
        }
        catch (DuckDBException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The Parquet file was given up.", exception, cancellationToken);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    public void Dispose()
    {
        // An appender flushes what it holds when it is closed, also what is no longer wanted.
        _appender?.Clear();
        _appender?.Dispose();
        _connection.Dispose();
        _scratch.Dispose();
    }

    private string Selected =>
        string.Join(
            ", ",
            _columns.Select(column =>
                column.Type == column.StagedType ? Quoted(column.Name) : $"cast({Quoted(column.Name)} as {column.Type}) as {Quoted(column.Name)}"
            )
        );

    // What fits one part never goes to the disk twice.
    private string Source => _parts.Count == 0 ? "rows" : $"read_parquet([{string.Join(", ", _parts.Select(Literal))}])";

    private void EmptyTable() =>
        Execute($"create or replace table rows ({string.Join(", ", _columns.Select(column => $"{Quoted(column.Name)} {column.StagedType}"))})");

    private void WritePart()
    {
        CloseAppender();
        var part = _scratch.File(string.Create(CultureInfo.InvariantCulture, $"{_parts.Count}.parquet"));
        Execute($"copy rows to {Literal(part)} (format parquet, compression lz4_raw, row_group_size {RowsPerPart})");
        _parts.Add(part);
        EmptyTable();
        (_rowsInPart, _bytesInPart) = (0, 0);
    }

    private void CloseAppender()
    {
        var full = _appender;
        _appender = null;
        full?.Dispose();
    }

    [SuppressMessage("Security", "CA2100", Justification = "Names of columns and folders, quoted; nothing of a request.")]
    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    // What somebody can do something about.
    private static bool HasName(DuckDBException exception) => IsDiskFull(exception) || exception.ErrorType == DuckDBErrorType.OutOfMemory;

    private Exception Named(DuckDBException exception) =>
        IsDiskFull(exception) ? new DiskFullException(_scratch.Location, exception) : new ParquetMemoryException(exception);

    // The second is said where the temporary folder may not grow any more: by default DuckDB takes up to 90 % of what was free.
    private static bool IsDiskFull(DuckDBException exception) =>
        exception.Message.Contains("No space left on device", StringComparison.OrdinalIgnoreCase)
        || exception.Message.Contains("max_temp_directory_size", StringComparison.OrdinalIgnoreCase);

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
