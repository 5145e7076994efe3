using Dapper;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Hosting;

internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/healthz", () => TypedResults.Text("alive"))
            .WithName("Health")
            .WithSummary("Whether the process is alive")
            .WithTags("Health")
            .AllowAnonymous();
        routes
            .MapGet("/readyz", GetReady)
            .WithName("Ready")
            .WithSummary("Whether the database is reachable and migrated")
            .WithTags("Health")
            .AllowAnonymous();
    }

    private static async Task<IResult> GetReady(Readiness readiness, Database database, CancellationToken cancellationToken)
    {
        if (!readiness.IsReady)
            return Problems.Unavailable("The database is not migrated yet.");
        try
        {
            await using var connection = await database.OpenAsync(cancellationToken);
            await connection.ExecuteScalarAsync<long>(
                new CommandDefinition("select value from ledger_state where name = 'price_version'", cancellationToken: cancellationToken)
            );
            return TypedResults.Text("ready");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return Problems.Unavailable("The database cannot be reached.");
        }
    }
}
