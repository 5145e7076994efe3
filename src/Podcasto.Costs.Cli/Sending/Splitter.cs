using System.Buffers;
using Podcasto.Costs.Cli.App;

namespace Podcasto.Costs.Cli.Sending;

/// <summary>Cuts an input into events, chunk by chunk, and knows where it is.</summary>
internal abstract class Splitter(Place place)
{
    // The server refuses a line over 64 KiB; what is far longer is no list of events.
    private const int MostBytes = 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _piece = new(4096);

    /// <summary>Lines or items so far.</summary>
    protected long Number { get; set; } = place.Number;

    /// <summary>Of the next byte.</summary>
    protected long Offset { get; set; } = place.Offset;

    /// <summary>Bytes of the piece that is being read.</summary>
    protected ReadOnlySpan<byte> Piece => _piece.WrittenSpan;

    public static Splitter At(Place place) => place.IsArray ? new ArraySplitter(place) : new LineSplitter(place);

    /// <summary>Takes the next bytes of the input, and adds the events that end in them.</summary>
    public abstract void Take(ReadOnlySpan<byte> chunk, List<EventLine> found);

    /// <summary>The input has ended.</summary>
    /// <exception cref="CliException">It ended inside of an event.</exception>
    public abstract void Finish(List<EventLine> found);

    protected void Keep(ReadOnlySpan<byte> part)
    {
        if (_piece.WrittenCount + part.Length > MostBytes)
            throw new CliException(
                ExitCodes.Failed,
                $"What starts at byte {Offset - _piece.WrittenCount} is longer than 1 MiB: is the input NDJSON, or a JSON array of events?"
            );
        _piece.Write(part);
    }

    protected void Clear() => _piece.ResetWrittenCount();
}
