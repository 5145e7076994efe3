using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Podcasto.Costs.Server.Keys;

namespace Podcasto.Costs.Server.Hosting.Auth;

/// <summary>The configured admin key, as its hash.</summary>
internal sealed class AdminKey(IOptions<AuthOptions> options)
{
    /// <summary>What it is called where keys have names.</summary>
    public const string Name = "configured admin key";

    /// <summary>Who sends it.</summary>
    public static readonly ClaimsPrincipal Holder = KeyHolder.Of(Name, null, [Policies.Admin]);

    private readonly byte[]? _hash = options.Value.AdminKey is { } key ? KeyHash.Of(key) : null;

    /// <summary>The hash as keys are kept; null where none is configured.</summary>
    public string? Hash => _hash is null ? null : KeyHash.ToText(_hash);

    /// <summary>Whether a hash is that of the admin key, in constant time.</summary>
    public bool Is(ReadOnlySpan<byte> hash) => _hash is not null && CryptographicOperations.FixedTimeEquals(hash, _hash);
}
