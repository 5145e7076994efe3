using Dapper;
using Podcasto.Costs.Client.Keys;
using Podcasto.Costs.Server.Audit;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Keys;

/// <summary>The keys, hashed.</summary>
internal sealed class KeyStore(Database database, AuditStore audit, TimeProvider clock)
{
    private const string Columns = "id, name, scopes, created_at, expires_at, revoked_at";

    public async Task<NewKeyView> CreateAsync(NewKey wanted, Actor actor, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(LedgerAccess.Shared, cancellationToken);
        var key = await InsertAsync(transaction, wanted, actor, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return key;
    }

    /// <summary>Makes an admin key where there is no key at all; null where there is one. Two servers that start together make one.</summary>
    public async Task<NewKeyView?> CreateFirstAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(LedgerAccess.Exclusive, cancellationToken);
        var count = await transaction.Connection.ExecuteScalarAsync<long>(
            Command(transaction, "select count(*) from api_keys", null, cancellationToken)
        );
        if (count > 0)
            return null;
        var key = await InsertAsync(transaction, new NewKey("first admin key", [Policies.Admin], null), Actor.Server, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return key;
    }

    public async Task<IReadOnlyList<KeyView>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<KeyRow>(
            new CommandDefinition($"select {Columns} from api_keys order by id", cancellationToken: cancellationToken)
        );
        return [.. rows.Select(row => row.ToView())];
    }

    public async Task<KeyView?> FindAsync(string hash, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var command = new CommandDefinition(
            $"select {Columns} from api_keys where key_hash = @hash",
            new { hash },
            cancellationToken: cancellationToken
        );
        return (await connection.QuerySingleOrDefaultAsync<KeyRow>(command))?.ToView();
    }

    public async Task<KeyView?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var command = new CommandDefinition($"select {Columns} from api_keys where id = @id", new { id }, cancellationToken: cancellationToken);
        return (await connection.QuerySingleOrDefaultAsync<KeyRow>(command))?.ToView();
    }

    /// <summary>The hash of the oldest admin key that is good and does not end; null where there is none.</summary>
    public async Task<string?> FindAdminHashAsync(CancellationToken cancellationToken)
    {
        const string Sql = "select key_hash from api_keys where scopes = @scopes and revoked_at is null and expires_at is null order by id limit 1";
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QueryFirstOrDefaultAsync<string>(
            new CommandDefinition(Sql, new { scopes = Policies.Admin }, cancellationToken: cancellationToken)
        );
    }

    /// <summary>Revokes a key for good; false where there is none of that id. One that is revoked already stays as it was.</summary>
    public async Task<bool> RevokeAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(LedgerAccess.Shared, cancellationToken);
        const string Sql = "update api_keys set revoked_at = @at where id = @id and revoked_at is null";
        var at = clock.GetUtcNow();
        var changed = await transaction.Connection.ExecuteAsync(Command(transaction, Sql, new { id, at }, cancellationToken)) > 0;
        var row = await transaction.Connection.QuerySingleOrDefaultAsync<KeyRow>(
            Command(transaction, $"select {Columns} from api_keys where id = @id", new { id }, cancellationToken)
        );
        if (changed)
        {
            var detail = new { before = new { revoked_at = (DateTimeOffset?)null }, after = new { revoked_at = at } };
            await audit.AddAsync(transaction, [new AuditEntry(actor, AuditActions.RevokeKey, $"{row!.Name} ({id:D})", detail)], cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return row is not null;
    }

    private async Task<NewKeyView> InsertAsync(LedgerTransaction transaction, NewKey wanted, Actor actor, CancellationToken cancellationToken)
    {
        const string Sql = """
            insert into api_keys (id, name, key_hash, scopes, created_at, expires_at)
            values (@Id, @Name, @hash, @scopes, @CreatedAt, @ExpiresAt)
            """;
        var now = clock.GetUtcNow();
        var view = new NewKeyView
        {
            Id = Guid.CreateVersion7(now),
            Key = KeyHash.NewKey(),
            Name = wanted.Name,
            Scopes = wanted.Scopes,
            CreatedAt = now,
            ExpiresAt = wanted.ExpiresAt,
        };
        var row = new
        {
            view.Id,
            view.Name,
            hash = KeyHash.ToText(KeyHash.Of(view.Key)),
            scopes = string.Join(' ', wanted.Scopes),
            view.CreatedAt,
            view.ExpiresAt,
        };
        await transaction.Connection.ExecuteAsync(Command(transaction, Sql, row, cancellationToken));
        var detail = new { after = new { view.Scopes, view.ExpiresAt } };
        await audit.AddAsync(transaction, [new AuditEntry(actor, AuditActions.CreateKey, $"{view.Name} ({view.Id:D})", detail)], cancellationToken);
        return view;
    }

    private static CommandDefinition Command(LedgerTransaction transaction, string sql, object? parameters, CancellationToken cancellationToken) =>
        new(sql, parameters, transaction.Transaction, cancellationToken: cancellationToken);

    private sealed record KeyRow
    {
        public Guid Id { get; init; }

        public string Name { get; init; } = "";

        public string Scopes { get; init; } = "";

        public DateTimeOffset CreatedAt { get; init; }

        public DateTimeOffset? ExpiresAt { get; init; }

        public DateTimeOffset? RevokedAt { get; init; }

        public KeyView ToView() =>
            new()
            {
                Id = Id,
                Name = Name,
                Scopes = Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                CreatedAt = CreatedAt,
                ExpiresAt = ExpiresAt,
                RevokedAt = RevokedAt,
            };
    }
}
