namespace Podcasto.Costs.Server.Rollups.Audit;

/// <summary>Episodes whose ids lie between two, both inclusive.</summary>
internal readonly record struct EpisodeRange(Guid First, Guid Last)
{
    public static readonly Guid Lowest = Guid.Empty;

    public static readonly Guid Highest = new(Enumerable.Repeat((byte)0xff, 16).ToArray());

    /// <summary>The id after this one.</summary>
    public static Guid After(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        for (var index = 15; index >= 0; index--)
        {
            bytes[index] = unchecked((byte)(bytes[index] + 1));
            if (bytes[index] != 0)
                break;
        }

        return new Guid(bytes, bigEndian: true);
    }
}
