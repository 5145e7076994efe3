using Microsoft.Extensions.Options;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Auth;
using Podcasto.Costs.Server.Sessions;

namespace Podcasto.Costs.Server.Keys;

/// <summary>A fresh database without a configured admin key gets one, printed once: not logged, logs are kept.</summary>
internal sealed class FirstKey(KeyStore keys, Welcome welcome, IOptions<AuthOptions> auth) : IStartupStep
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (auth.Value.AdminKey is not null || await keys.CreateFirstAsync(cancellationToken) is not { } key)
            return;
        welcome.Invite(KeyHash.ToText(KeyHash.Of(key.Key)));
        Console.WriteLine(
            $"""

                A key was made for you, with all rights. It is shown this once:

                  {key.Key}

            """
        );
    }
}
