namespace Podcasto.Costs.Cli.Sending;

/// <summary>NDJSON: an event a line; blank lines count and are left out.</summary>
internal sealed class LineSplitter(Place place) : Splitter(place)
{
    private long _start = place.Offset;

    public override void Take(ReadOnlySpan<byte> chunk, List<EventLine> found)
    {
        while (chunk.IndexOf((byte)'\n') is var end and >= 0)
        {
            Keep(chunk[..end]);
            Offset += end + 1;
            Cut(found);
            chunk = chunk[(end + 1)..];
        }

        Keep(chunk);
        Offset += chunk.Length;
    }

    public override void Finish(List<EventLine> found)
    {
        if (Piece.Length > 0)
            Cut(found);
    }

    private void Cut(List<EventLine> found)
    {
        Number++;
        var text = Piece.TrimEnd(" \t\r"u8);
        if (text.Length > 0)
            found.Add(new EventLine(text.ToArray(), Number, _start, Offset));
        Clear();
        _start = Offset;
    }
}
