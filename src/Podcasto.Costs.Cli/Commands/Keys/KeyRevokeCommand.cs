using System.CommandLine;
using Podcasto.Costs.Cli.App;

namespace Podcasto.Costs.Cli.Commands.Keys;

internal static class KeyRevokeCommand
{
    public static Command Create()
    {
        var id = new Argument<Guid>("id") { Description = "Of the key, as keys list gives it" };
        return new Command("revoke", "Revoke a key for good")
            .With(id)
            .Does(
                async (session, given, cancellationToken) =>
                {
                    await session.Costs.Keys.RevokeAsync(given.GetValue(id), cancellationToken);
                    session.Note("Revoked.");
                }
            );
    }
}
