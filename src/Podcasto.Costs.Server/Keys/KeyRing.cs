using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using Podcasto.Costs.Client.Keys;
using Podcasto.Costs.Server.Hosting.Auth;

namespace Podcasto.Costs.Server.Keys;

/// <summary>Keys looked up a moment ago. A key that another server revokes is good here for two seconds more; one revoked here ends at once.</summary>
internal sealed class KeyRing(KeyStore store, TimeProvider clock)
{
    private const int MaxRemembered = 10_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Remembered> _remembered = new(StringComparer.Ordinal);

    /// <summary>The key of a hash; null where it is unknown, revoked or expired.</summary>
    public async ValueTask<KeyView?> FindAsync(string hash, CancellationToken cancellationToken) =>
        (await RememberedAsync(hash, cancellationToken))?.Key;

    /// <summary>Who holds the key of a hash; null where it is unknown, revoked or expired.</summary>
    public ValueTask<ClaimsPrincipal?> FindHolderAsync(ReadOnlySpan<byte> hash, CancellationToken cancellationToken)
    {
        Span<char> text = stackalloc char[SHA256.HashSizeInBytes * 2];
        Convert.TryToHexStringLower(hash, text, out _);
        var now = clock.GetUtcNow();
        return Known(text, now) is { } remembered
            ? ValueTask.FromResult(remembered.Good(now)?.Holder)
            : LookUpHolderAsync(text.ToString(), cancellationToken);
    }

    public void Forget() => _remembered.Clear();

    private async ValueTask<ClaimsPrincipal?> LookUpHolderAsync(string hash, CancellationToken cancellationToken) =>
        (await LookUpAsync(hash, cancellationToken))?.Holder;

    private async ValueTask<Remembered?> RememberedAsync(string hash, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return Known(hash, now) is { } remembered ? remembered.Good(now) : await LookUpAsync(hash, cancellationToken);
    }

    private Remembered? Known(ReadOnlySpan<char> hash, DateTimeOffset now) =>
        _remembered.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(hash, out var remembered) && now < remembered.Until ? remembered : null;

    private async Task<Remembered?> LookUpAsync(string hash, CancellationToken cancellationToken)
    {
        // Unknown keys are not remembered, so guessing fills nothing.
        if (await store.FindAsync(hash, cancellationToken) is not { } key)
            return null;
        if (_remembered.Count >= MaxRemembered)
            _remembered.Clear();
        var now = clock.GetUtcNow();
        var remembered = new Remembered(key, KeyHolder.Of(key.Name, key.Id, key.Scopes), now + Lifetime);
        _remembered[hash] = remembered;
        return remembered.Good(now);
    }

    private sealed record Remembered(KeyView Key, ClaimsPrincipal Holder, DateTimeOffset Until)
    {
        public Remembered? Good(DateTimeOffset now) => Key.RevokedAt is null && (Key.ExpiresAt is not { } end || now < end) ? this : null;
    }
}
