using System.CommandLine;
using Podcasto.Costs.Cli.App;
using Podcasto.Costs.Client.Keys;
using Spectre.Console;

namespace Podcasto.Costs.Cli.Commands.Keys;

internal static class KeyCreateCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "What it is for" };
        var scopes = new Option<string[]>("--scope")
        {
            Description = "ingest, read or admin; several by naming the option again",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        scopes.AcceptOnlyFromAmong("ingest", "read", "admin");
        var expires = Shared.Instant("--expires", "When it ends (never by default)");
        return new Command("create", "Make a key; it alone is printed: KEY=$(podcasto-costs keys create worker --scope ingest)")
            .With(name, scopes, expires)
            .Does(
                async (session, given, cancellationToken) =>
                {
                    var key = new NewKey
                    {
                        Name = given.GetRequiredValue(name),
                        Scopes = given.GetRequiredValue(scopes),
                        ExpiresAt = given.GetValue(expires),
                    };
                    var made = await session.Costs.Keys.CreateAsync(key, cancellationToken);
                    if (session.IsJson)
                        return;
                    session.Result.WriteLine(made.Key);
                    session.Note($"This is the only time that the key is shown. It is revoked by: podcasto-costs keys revoke {made.Id}");
                }
            );
    }
}
