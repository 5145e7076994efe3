using System.Runtime.CompilerServices;
using Podcasto.Costs.Cli.App;

namespace Podcasto.Costs.Cli.Sending;

/// <summary>The events of a file or of standard input.</summary>
internal sealed class EventInput(Stream stream) : IAsyncDisposable
{
    private const int Chunk = 256 * 1024;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private readonly byte[] _buffer = new byte[Chunk];
    private int _ready;

    /// <summary>In bytes; null where that is unknown.</summary>
    public long? Length => stream.CanSeek ? stream.Length : null;

    /// <summary>Looks at the beginning.</summary>
    public async Task<Place> BeginAsync(CancellationToken cancellationToken)
    {
        _ready = 0;
        if (stream.CanSeek)
            stream.Position = 0;
        // No more than tells what it is: who writes slowly need not be waited for.
        _ready = await ReadAsync(ByteOrderMark.Length, cancellationToken);
        while (_ready < Chunk && IsBlank(_buffer.AsSpan(0, _ready)) && await ReadAsync(1, cancellationToken) is > 0 and var more)
            _ready += more;
        var start = _buffer.AsSpan(0, _ready);
        var skipped = start.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        var text = start[skipped..];
        text.CopyTo(_buffer);
        _ready -= skipped;
        return new Place(text.TrimStart(" \t\r\n"u8) is [(byte)'[', ..], skipped, 0);
    }

    private static bool IsBlank(ReadOnlySpan<byte> text) =>
        (text.StartsWith(ByteOrderMark) ? text[ByteOrderMark.Length..] : text).TrimStart(" \t\r\n"u8).IsEmpty;

    // A terminal or a pipe that gives nothing does not hear of a cancellation.
    private Task<int> ReadAsync(int atLeast, CancellationToken cancellationToken) =>
        stream
            .ReadAtLeastAsync(_buffer.AsMemory(_ready), atLeast, throwOnEndOfStream: false, cancellationToken)
            .AsTask()
            .WaitAsync(cancellationToken);

    /// <summary>Goes on where an earlier run was; false where the input there is not what it read.</summary>
    public async Task<bool> ResumeAsync(SendState state, CancellationToken cancellationToken)
    {
        _ready = 0;
        if (state.Offset > Length)
            return false;
        var text = new byte[state.LastLength];
        await SkipAsync(state.LastStart, cancellationToken);
        if (await stream.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, cancellationToken) < text.Length)
            return false;
        await SkipAsync(state.Offset - state.LastStart - text.Length, cancellationToken);
        return state.IsLast(text);
    }

    public async IAsyncEnumerable<EventLine> ReadAsync(Place place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var splitter = Splitter.At(place);
        var found = new List<EventLine>();
        var read = _ready > 0 ? _ready : await stream.ReadAsync(_buffer, cancellationToken);
        while (read > 0)
        {
            splitter.Take(_buffer.AsSpan(0, read), found);
            foreach (var line in found)
                yield return line;
            found.Clear();
            read = await stream.ReadAsync(_buffer, cancellationToken);
        }

        splitter.Finish(found);
        foreach (var line in found)
            yield return line;
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private async Task SkipAsync(long bytes, CancellationToken cancellationToken)
    {
        if (stream.CanSeek)
        {
            stream.Seek(bytes, SeekOrigin.Current);
            return;
        }

        while (bytes > 0)
        {
            var read = await stream.ReadAsync(_buffer.AsMemory(0, (int)Math.Min(bytes, Chunk)), cancellationToken);
            if (read == 0)
                throw new CliException(ExitCodes.Failed, "The input is shorter than what an earlier run read of it.");
            bytes -= read;
        }
    }
}
