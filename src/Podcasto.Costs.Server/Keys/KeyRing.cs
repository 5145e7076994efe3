using System.Collections.Concurrent;
using Podcasto.Costs.Client.Keys;

namespace Podcasto.Costs.Server.Keys;

/// <summary>Keys looked up a moment ago. A key that another server revokes is good here for two seconds more; one revoked here ends at once.</summary>
internal sealed class KeyRing(KeyStore store, TimeProvider clock)
{
    private const int MaxRemembered = 10_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, (KeyView Key, DateTimeOffset Until)> _remembered = new(StringComparer.Ordinal);

    /// <summary>The key of a hash; null where it is unknown, revoked or expired.</summary>
    public async Task<KeyView?> FindAsync(string hash, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (!_remembered.TryGetValue(hash, out var entry) || entry.Until <= now)
        {
            // Unknown keys are not remembered, so guessing fills nothing.
            if (await store.FindAsync(hash, cancellationToken) is not { } key)
                return null;
            if (_remembered.Count >= MaxRemembered)
                _remembered.Clear();
            entry = (key, now + Lifetime);
            _remembered[hash] = entry;
        }

        return entry.Key.RevokedAt is null && (entry.Key.ExpiresAt is not { } end || now < end) ? entry.Key : null;
    }

    public void Forget() => _remembered.Clear();
}
