using System.Reflection;
using DbUp.Builder;
using DbUp.Engine;

namespace Podcasto.Costs.Server.Storage;

/// <summary>Runs the numbered scripts that the database has not seen, forward only. A script named <c>*.engine.sql</c> is that engine's alone.</summary>
internal static class Migrations
{
    public static void Run(UpgradeEngineBuilder builder, string engine, IReadOnlyDictionary<string, string> types)
    {
        var upgrade = builder
            .WithScriptsEmbeddedInAssembly(Assembly.GetExecutingAssembly(), name => IsFor(name, engine))
            .WithVariables(types.ToDictionary(StringComparer.Ordinal))
            .WithTransactionPerScript()
            .LogToNowhere()
            .Build();
        DatabaseUpgradeResult result = upgrade.PerformUpgrade();
        if (!result.Successful)
            throw new InvalidOperationException(
                $"The schema could not be upgraded: {result.ErrorScript?.Name ?? "connecting"}: {result.Error.Message}",
                result.Error
            );
    }

    private static bool IsFor(string name, string engine)
    {
        if (!name.Contains(".Migrations.", StringComparison.Ordinal))
            return false;
        var parts = name.Split('.');
        // ...Migrations.0001_ledger.sql, or ...Migrations.0003_engine.postgres.sql
        return parts[^2] == engine || parts[^3] == "Migrations";
    }
}
