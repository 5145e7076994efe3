using Npgsql;

namespace Podcasto.Costs.Server.Storage.Upserts;

/// <summary>Rows on their way into a table. They are sorted by key, so that transactions side by side lock them in one order.</summary>
internal abstract class Upsert
{
    public abstract bool IsEmpty { get; }

    public abstract NpgsqlBatchCommand ForPostgres(Database database);

    public abstract void RunOnSqlite(Database database, LedgerTransaction transaction);

    public static Upsert Of<TRow>(UpsertTable<TRow> table, IReadOnlyList<TRow> sortedRows) => new Rows<TRow>(table, sortedRows, replacing: false);

    /// <summary>Rows that take the place of those stored, instead of being added to them; they keep what is written once.</summary>
    public static Upsert Replacing<TRow>(UpsertTable<TRow> table, IReadOnlyList<TRow> sortedRows) =>
        new Rows<TRow>(table, sortedRows, replacing: true);

    private sealed class Rows<TRow>(UpsertTable<TRow> table, IReadOnlyList<TRow> rows, bool replacing) : Upsert
    {
        public override bool IsEmpty => rows.Count == 0;

        public override NpgsqlBatchCommand ForPostgres(Database database)
        {
            var command = new NpgsqlBatchCommand(table.UpsertStatement(database, replacing));
            foreach (var column in table.Columns)
                command.Parameters.Add(column.Parameter(rows));
            return command;
        }

        public override void RunOnSqlite(Database database, LedgerTransaction transaction)
        {
            var statement = ((SqliteDatabase)database).Statement(transaction, table.UpsertStatement(database, replacing));
            foreach (var row in rows)
            {
                foreach (var column in table.Columns)
                    column.Bind(statement, row);
                statement.Run();
            }
        }
    }
}
