using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Podcasto.Costs.Server.Storage;

/// <summary>Section <c>Database</c>: where the ledger lives.</summary>
internal sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>The engine.</summary>
    /// <value>Default <see cref="DatabaseProvider.Sqlite"/>.</value>
    [EnumDataType(typeof(DatabaseProvider))]
    public DatabaseProvider Provider { get; init; } = DatabaseProvider.Sqlite;

    /// <summary>An Npgsql or Microsoft.Data.Sqlite connection string.</summary>
    /// <value>Default for SQLite: the file <c>data/costs.db</c> under the working directory. PostgreSQL has none.</value>
    [MaxLength(4096)]
    public string? ConnectionString { get; init; }
}

/// <summary>The engines that the ledger runs on.</summary>
internal enum DatabaseProvider
{
    /// <summary>A file beside the server.</summary>
    Sqlite,

    /// <summary>PostgreSQL 15 or newer.</summary>
    Postgres,
}

[OptionsValidator]
internal sealed partial class DatabaseOptionsValidator : IValidateOptions<DatabaseOptions>;
