using System.Buffers;
using System.IO.Pipelines;

namespace Podcasto.Costs.Server.Ingest.Reading;

/// <summary>Splits a stream into lines in bounded memory.</summary>
internal sealed class LineReader(Stream stream)
{
    /// <summary>Most bytes of a line.</summary>
    public const int MaxLineBytes = 64 * 1024;

    private readonly PipeReader _pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: MaxLineBytes, minimumReadSize: 4096));
    private bool _skipping;
    private bool _ended;

    /// <summary>Reads what has arrived and hands over its lines; false at the end.</summary>
    /// <param name="line">Takes a line without its end; or null for one that is too long.</param>
    /// <param name="cancellationToken">Ends the wait for more.</param>
    public async ValueTask<bool> ReadAsync(Func<ReadOnlyMemory<byte>?, bool> line, CancellationToken cancellationToken)
    {
        if (_ended)
            return false;
        var result = await _pipe.ReadAsync(cancellationToken);
        var buffer = result.Buffer;
        var more = true;
        while (more && buffer.PositionOf((byte)'\n') is { } end)
        {
            more = Deliver(buffer.Slice(0, end), line);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
        }

        if (more && buffer.Length > MaxLineBytes)
        {
            // What follows up to the next line's start is of no use.
            _skipping = true;
            buffer = buffer.Slice(buffer.End);
        }

        if (more && result.IsCompleted)
        {
            if (_skipping || !buffer.IsEmpty)
                Deliver(buffer, line);
            buffer = buffer.Slice(buffer.End);
            _ended = true;
        }

        _pipe.AdvanceTo(buffer.Start, more ? buffer.End : buffer.Start);
        return true;
    }

    private bool Deliver(ReadOnlySequence<byte> text, Func<ReadOnlyMemory<byte>?, bool> line)
    {
        if (_skipping || text.Length > MaxLineBytes)
        {
            _skipping = false;
            return line(null);
        }

        return line(text.IsSingleSegment ? text.First : text.ToArray());
    }
}
