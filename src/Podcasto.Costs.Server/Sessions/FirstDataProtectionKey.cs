using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Jobs;

namespace Podcasto.Costs.Server.Sessions;

/// <summary>Makes the first key before anybody needs one: servers that start together must not each make their own.</summary>
internal sealed class FirstDataProtectionKey(IKeyManager keys, Lease lease, TimeProvider clock) : IStartupStep
{
    private const string Name = "data-protection";

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (keys.GetAllKeys().Count == 0)
        {
            if (!await lease.TryTakeAsync(Name, cancellationToken))
            {
                await Task.Delay(Poll, cancellationToken);
                continue;
            }

            var now = clock.GetUtcNow();
            if (keys.GetAllKeys().Count == 0)
                keys.CreateNewKey(now, now + Lifetime);
            await lease.ReleaseAsync(Name, cancellationToken);
        }
    }
}
