using System.Diagnostics.CodeAnalysis;
using DuckDB.NET.Data;

namespace Podcasto.Costs.Server.Parquet;

/// <summary>Queries Parquet files with DuckDB, in bounded memory. Not for two threads at once.</summary>
internal sealed class ParquetReader : IDisposable
{
    private readonly ScratchFolder _scratch;
    private readonly DuckDBConnection _connection;

    /// <param name="folder">Where sorting may need room.</param>
    /// <param name="threads">How many work at a query; with one, rows without an order of their own come as they lie in the file.</param>
    public ParquetReader(string folder, int threads)
    {
        _scratch = new ScratchFolder(folder);
        _connection = new DuckDBConnection($"Data Source=:memory:;memory_limit=256MB;threads={threads};temp_directory={_scratch.Location}");
        try
        {
            _connection.Open();
            Execute("set TimeZone = 'UTC'");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>A file of the scratch folder.</summary>
    public string ScratchFile(string name) => _scratch.File(name);

    /// <summary>Runs statements; nothing of a request may be in them.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "Values go in as parameters, or as literals that are quoted here.")]
    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a query; rows come as they are read.</summary>
    /// <param name="sql">With <c>$name</c> for parameters.</param>
    /// <param name="parameters">Their values; a list is one for <c>unnest</c>.</param>
    /// <param name="map">Reads a row.</param>
    /// <param name="cancellationToken">Stops.</param>
    [SuppressMessage("Security", "CA2100", Justification = "Values go in as parameters, or as literals that are quoted here.")]
    public IEnumerable<T> Query<T>(
        string sql,
        IReadOnlyDictionary<string, object> parameters,
        Func<ParquetRow, T> map,
        CancellationToken cancellationToken
    )
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        foreach (var (name, value) in parameters)
            command.Parameters.Add(new DuckDBParameter(name, value));
        using var stop = cancellationToken.Register(command.Cancel);
        using var reader = command.ExecuteReader();
        var row = new ParquetRow(reader);
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return map(row);
        }
    }

    public void Dispose()
    {
        _connection.Dispose();
        _scratch.Dispose();
    }

    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
