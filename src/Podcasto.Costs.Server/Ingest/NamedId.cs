using System.Security.Cryptography;
using System.Text;

namespace Podcasto.Costs.Server.Ingest;

/// <summary>Name-based UUIDs, version 5 of RFC 9562: the same name has the same id, whoever computes it.</summary>
internal static class NamedId
{
    /// <summary>Of CloudEvents; the name is the source, a line feed, the id.</summary>
    public static readonly Guid CloudEvents = new("5b0f7e0a-3c51-5d0e-9f67-2a4c8d1e6b73");

    /// <summary>Of spans; the name is the trace's id and the span's, 48 hex digits in lower case.</summary>
    public static readonly Guid Spans = new("c2d94f16-7a8b-5e3d-8c05-91f3e6a7d24b");

    public static Guid Of(Guid scope, string name)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // What version 5 is made of; it guards nothing.
        SHA1.HashData([.. scope.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)], hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
