using Dapper;
using Podcasto.Costs.Server.Storage;
using Podcasto.Costs.Server.Storage.Upserts;

namespace Podcasto.Costs.Server.Catalog;

/// <summary>Keeps what podcasts and episodes were called.</summary>
internal static class TitleHistory
{
    private static readonly TimeSpan Microsecond = TimeSpan.FromMicroseconds(1);

    /// <summary>Records titles that are new or have changed.</summary>
    /// <param name="transaction">Has locked the entries in the catalog, so that nobody else renames them.</param>
    /// <param name="database">The engine.</param>
    /// <param name="table">Of which kind they are.</param>
    /// <param name="titles">The titles from now on, each id once, in the order of ids.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task RecordAsync(
        LedgerTransaction transaction,
        Database database,
        TitleTable table,
        IReadOnlyList<DatedTitle> titles,
        CancellationToken cancellationToken
    )
    {
        if (titles.Count == 0)
            return;
        var sql = $"""
            select t.{table.Key} as id, t.valid_from, t.title
            from {table.Name} t
            join (
              select {table.Key}, max(valid_from) as valid_from from {table.Name} where {database.IsAnyOf(table.Key, "@ids")} group by {table.Key}
            ) l on l.{table.Key} = t.{table.Key} and l.valid_from = t.valid_from
            """;
        var parameters = new { ids = database.List(titles.Select(title => title.Id)) };
        var command = new CommandDefinition(sql, parameters, transaction.Transaction, cancellationToken: cancellationToken);
        var last = (await transaction.Connection.QueryAsync<DatedTitle>(command)).ToDictionary(title => title.Id);
        var changes = titles.Select(title => Change(last.GetValueOrDefault(title.Id), title)).OfType<DatedTitle>().ToList();
        await transaction.RunAsync(database, [Upsert.Of(table.Upserts, changes)], cancellationToken);
    }

    // Servers' clocks differ, and of two that rename at once the one that waited may have read its clock first: the last to write is the last.
    private static DatedTitle? Change(DatedTitle? last, DatedTitle next) =>
        last is null ? next
        : last.Title == next.Title ? null
        : next.ValidFrom > last.ValidFrom ? next
        : next with { ValidFrom = last.ValidFrom + Microsecond };
}
