using System.Security.Cryptography;
using System.Text;

namespace Podcasto.Costs.Server.Keys;

/// <summary>Keys are 32 random bytes, so a plain SHA-256 keeps them: there is nothing to guess.</summary>
internal static class KeyHash
{
    private const string Prefix = "pck_";

    public static string NewKey() => Prefix + System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Of(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    public static string ToText(byte[] hash) => Convert.ToHexStringLower(hash);
}
