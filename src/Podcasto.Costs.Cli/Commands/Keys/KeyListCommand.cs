using System.CommandLine;
using Podcasto.Costs.Cli.App;
using Podcasto.Costs.Cli.Output;

namespace Podcasto.Costs.Cli.Commands.Keys;

internal static class KeyListCommand
{
    public static Command Create()
    {
        var limit = Shared.Limit(100);
        var cursor = Shared.Cursor();
        var all = Shared.All();
        return new Command("list", "List keys, without their secrets")
            .With(limit, cursor, all)
            .Does(
                async (session, given, cancellationToken) =>
                {
                    var keys = await Paging.ReadAsync(
                        session,
                        given.GetValue(all),
                        given.GetValue(cursor),
                        at => session.Costs.Keys.PageAsync(given.GetValue(limit), at, cancellationToken)
                    );
                    if (keys.Count == 0)
                        return;
                    var sheet = new Sheet()
                        .Column("Id")
                        .Column("Name")
                        .Column("Scopes")
                        .Column("Made (UTC)")
                        .Column("Expires (UTC)")
                        .Column("Revoked (UTC)");
                    foreach (var key in keys)
                        sheet.Row(
                            key.Id.ToString(),
                            SafeText.Short(key.Name, 40),
                            string.Join(' ', key.Scopes),
                            Words.Instant(key.CreatedAt),
                            Words.Instant(key.ExpiresAt),
                            Words.Instant(key.RevokedAt)
                        );
                    sheet.WriteTo(session.Result);
                }
            );
    }
}
