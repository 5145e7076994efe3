using System.Diagnostics.CodeAnalysis;
using DuckDB.NET.Data;

namespace Podcasto.Costs.Server.Parquet;

/// <summary>
/// Writes one Parquet file, zstd-compressed, its rows in the order in which they were added. They wait in a DuckDB database beside the
/// file, so that memory stays flat however many there are. Not for two threads at once.
/// </summary>
internal sealed class ParquetWriter<T> : IDisposable
{
    // What an appender holds is outside of DuckDB's memory limit.
    private const int RowsPerAppender = 20_480;
    private const long BytesPerAppender = 8_000_000;

    private readonly IReadOnlyList<ParquetColumn<T>> _columns;
    private readonly ScratchFolder _scratch;
    private readonly DuckDBConnection _connection;
    private DuckDBAppender? _appender;
    private int _rowsInAppender;
    private long _bytesInAppender;

    /// <param name="folder">Where there is room for the rows, twice.</param>
    /// <param name="columns">At least one.</param>
    /// <exception cref="DiskFullException">There is no room.</exception>
    public ParquetWriter(string folder, IReadOnlyList<ParquetColumn<T>> columns)
    {
        _columns = columns;
        _scratch = new ScratchFolder(folder);
        // One thread, because threads would each hold a part and change the order; row groups are bounded by size, not only by rows.
        _connection = new DuckDBConnection(
            $"Data Source=:memory:;memory_limit=128MB;threads=1;preserve_insertion_order=false;temp_directory={_scratch.Location}"
        );
        try
        {
            _connection.Open();
            Execute("set TimeZone = 'UTC'");
            Execute($"attach {Literal(_scratch.File("rows.duckdb"))} as scratch (row_group_size {RowsPerAppender})");
            Execute("use scratch");
            Execute($"create table rows ({string.Join(", ", columns.Select(column => $"{Quoted(column.Name)} {column.StagedType}"))})");
            // One transaction: rows go to the disk as they come, and nothing is logged or synchronised.
            Execute("begin transaction");
        }
        catch (Exception exception)
        {
            Dispose();
            if (exception is DuckDBException duck && IsDiskFull(duck))
                throw new DiskFullException(folder, duck);
            throw;
        }
    }

    /// <summary>How many rows were added.</summary>
    public long Rows { get; private set; }

    /// <summary>Adds a row. After an exception the writer is good for nothing but being disposed.</summary>
    /// <exception cref="DiskFullException">There is no room.</exception>
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
                _bytesInAppender += column.Size?.Invoke(item) ?? 0;
            }

            row.EndRow();
            Rows++;
            if (++_rowsInAppender == RowsPerAppender || _bytesInAppender >= BytesPerAppender)
                CloseAppender();
        }
        catch (DuckDBException exception) when (IsDiskFull(exception))
        {
            throw new DiskFullException(_scratch.Location, exception);
        }
    }

    /// <summary>Writes the file and closes it: at the end it is whole, or not there.</summary>
    /// <param name="path">Where; its folder exists.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="DiskFullException">There is no room.</exception>
    public void Finish(string path, CancellationToken cancellationToken)
    {
        var columns = string.Join(
            ", ",
            _columns.Select(column =>
                column.Type == column.StagedType ? Quoted(column.Name) : $"cast({Quoted(column.Name)} as {column.Type}) as {Quoted(column.Name)}"
            )
        );
        var partial = path + ".partial";
        try
        {
            CloseAppender();
            using var command = _connection.CreateCommand();
            command.CommandText =
                $"copy (select {columns} from rows) to {Literal(partial)} (format parquet, compression zstd, row_group_size_bytes 8388608)";
            using var stop = cancellationToken.Register(command.Cancel);
            cancellationToken.ThrowIfCancellationRequested();
            command.ExecuteNonQuery();
            File.Move(partial, path, overwrite: true);
        }
        catch (DuckDBException exception) when (IsDiskFull(exception))
        {
            throw new DiskFullException(_scratch.Location, exception);
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

    private void CloseAppender()
    {
        var full = _appender;
        _appender = null;
        full?.Dispose();
        (_rowsInAppender, _bytesInAppender) = (0, 0);
    }

    [SuppressMessage("Security", "CA2100", Justification = "Names of columns and folders, quoted; nothing of a request.")]
    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    // The second is said where the temporary folder may not grow any more: by default DuckDB takes up to 90 % of what was free.
    private static bool IsDiskFull(DuckDBException exception) =>
        exception.Message.Contains("No space left on device", StringComparison.OrdinalIgnoreCase)
        || exception.Message.Contains("max_temp_directory_size", StringComparison.OrdinalIgnoreCase);

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
