using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Podcasto.Costs.Server.Sessions;

/// <summary>Links that sign in once, within an hour: the way into a fresh server for whoever started it.</summary>
internal sealed class SignInLinks(TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (string KeyHash, DateTimeOffset Until)> _links = new(StringComparer.Ordinal);

    /// <summary>A path that opens a session of the key with a hash.</summary>
    public string Make(string keyHash)
    {
        var token = System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        _links[token] = (keyHash, clock.GetUtcNow() + Lifetime);
        return $"{SessionCookie.SignInPath}/link?token={token}";
    }

    /// <summary>The key's hash; null where the link is unknown, used, or too old.</summary>
    public string? Use(string token) => _links.TryRemove(token, out var link) && link.Until > clock.GetUtcNow() ? link.KeyHash : null;
}
