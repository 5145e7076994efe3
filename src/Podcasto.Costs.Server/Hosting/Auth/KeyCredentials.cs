using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Podcasto.Costs.Server.Keys;

namespace Podcasto.Costs.Server.Hosting.Auth;

/// <summary>Who stands behind <c>Authorization: Bearer KEY</c>.</summary>
internal sealed class KeyCredentials(AdminKey admin, KeyRing keys)
{
    private const string Prefix = "Bearer ";
    private const int MaxOnStack = 256;

    /// <summary>Whether a header offers a key at all.</summary>
    public static bool AreIn(string? header) => header is not null && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The holder of the key in a header; null where it is unknown, revoked or expired. One object for all requests of a key.</summary>
    public ValueTask<ClaimsPrincipal?> FindAsync(string header, CancellationToken cancellationToken)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(header.AsSpan(Prefix.Length).Trim(), hash);
        return admin.Is(hash) ? ValueTask.FromResult<ClaimsPrincipal?>(AdminKey.Holder) : keys.FindHolderAsync(hash, cancellationToken);
    }

    private static void Hash(ReadOnlySpan<char> key, Span<byte> hash)
    {
        if (key.Length * 3 > MaxOnStack)
        {
            SHA256.HashData(Encoding.UTF8.GetBytes(key.ToArray()), hash);
            return;
        }

        Span<byte> bytes = stackalloc byte[MaxOnStack];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(key, bytes)], hash);
    }
}
