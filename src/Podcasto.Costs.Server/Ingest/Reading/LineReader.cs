using System.Buffers;

namespace Podcasto.Costs.Server.Ingest.Reading;

/// <summary>Splits a stream into lines in bounded memory.</summary>
internal sealed class LineReader(Stream stream) : IDisposable
{
    /// <summary>Most bytes of a line.</summary>
    public const int MaxLineBytes = 64 * 1024;

    // What is left of a longest line, and as much again to read into.
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(2 * MaxLineBytes);
    private int _start;
    private int _scanned;
    private int _end;
    private bool _skipping;
    private bool _stopped;
    private bool _atEnd;
    private bool _done;

    /// <summary>Reads what has arrived and hands over its lines; false at the end.</summary>
    /// <param name="line">Takes a line without its end, or null for one that is too long; false to get the next ones only when called again.</param>
    /// <param name="cancellationToken">Ends the wait for more.</param>
    public async ValueTask<bool> ReadAsync(Func<ReadOnlyMemory<byte>?, bool> line, CancellationToken cancellationToken)
    {
        if (_done)
            return false;
        if (!_stopped)
        {
            MakeRoom();
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            _atEnd = read == 0;
            _end += read;
        }

        _stopped = !DeliverLines(line);
        if (!_stopped)
            FinishPart(line);
        return true;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private bool DeliverLines(Func<ReadOnlyMemory<byte>?, bool> line)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_scanned, _end - _scanned).IndexOf((byte)'\n');
            if (length < 0)
            {
                _scanned = _end;
                return true;
            }

            var lineEnd = _scanned + length;
            var more = Deliver(lineEnd, line);
            _start = _scanned = lineEnd + 1;
            if (!more)
                return false;
        }
    }

    // What stands behind the last line's end.
    private void FinishPart(Func<ReadOnlyMemory<byte>?, bool> line)
    {
        if (_atEnd)
        {
            _done = true;
            if (_skipping || _start < _end)
                Deliver(_end, line);
        }
        else if (_end - _start > MaxLineBytes + 1)
        {
            // More than a line and the return at its end. What follows up to the next line's start is of no use.
            _skipping = true;
            _start = _scanned = _end;
        }
    }

    private bool Deliver(int lineEnd, Func<ReadOnlyMemory<byte>?, bool> line)
    {
        var text = _buffer.AsMemory(_start, lineEnd - _start);
        if (text.Span is [.., (byte)'\r'])
            text = text[..^1];
        var isTooLong = _skipping || text.Length > MaxLineBytes;
        _skipping = false;
        return isTooLong ? line(null) : line(text);
    }

    private void MakeRoom()
    {
        if (_start < _end && _buffer.Length - _end >= MaxLineBytes)
            return;
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _scanned, _end) = (0, _scanned - _start, _end - _start);
    }
}
