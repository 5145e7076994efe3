namespace Podcasto.Costs.Server.Ingest.Reading;

/// <summary>Holds the metadata of a body's events in a few arrays: one for each event would be a fifth of what reading it allocates.</summary>
internal sealed class MetadataBlocks
{
    // Below the size that the garbage collector calls large.
    private const int MaxBlock = 32 * 1024;

    private byte[] _block = [];
    private int _used;

    /// <summary>A copy of one event's metadata. It keeps its neighbours in memory, which are of the same body.</summary>
    public ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> metadata)
    {
        if (metadata.Length > _block.Length - _used)
        {
            // The first has just the room it needs: most bodies of one event hold no more.
            _block = GC.AllocateUninitializedArray<byte>(Math.Max(metadata.Length, Math.Min(_block.Length * 2, MaxBlock)));
            _used = 0;
        }

        var copy = _block.AsMemory(_used, metadata.Length);
        metadata.CopyTo(copy.Span);
        _used += metadata.Length;
        return copy;
    }
}
