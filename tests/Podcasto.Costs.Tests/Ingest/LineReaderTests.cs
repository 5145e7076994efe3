using System.Text;
using CsCheck;
using Podcasto.Costs.Server.Ingest.Reading;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Ingest;

public sealed class LineReaderTests
{
    private const int Max = LineReader.MaxLineBytes;

    /// <summary>Lines of usual and of critical lengths, read in pieces of any size, taken with pauses.</summary>
    [Fact]
    public void Lines_are_whole_however_the_stream_is_cut() =>
        Gen.Select(
                Gen.OneOf(Gen.Int[0, 300], Pick.From(Max - 1, Max, Max + 1, 2 * Max, 3 * Max + 5)).Array[0, 12],
                Gen.OneOf(Gen.Int[1, 200], Gen.Int[1, 4 * Max]),
                Gen.Int[1, 4],
                Gen.Bool
            )
            .Sample(
                (lengths, piece, pause, endsWithNewline) =>
                {
                    var lines = lengths.Select((length, index) => new string((char)('a' + index), length)).ToList();
                    var text = string.Join('\n', lines) + (endsWithNewline && lines.Count > 0 ? "\n" : "");
                    // The end of the text ends a line, unless nothing stands before it.
                    var expected = text.Length == 0 ? [] : text.Split('\n').ToList();
                    if (expected.Count > 0 && expected[^1].Length == 0)
                        expected.RemoveAt(expected.Count - 1);
                    Assert.Equal(
                        expected.Select(line => line.Length > Max ? null : line),
                        Read(new Pieces(Encoding.ASCII.GetBytes(text), piece), pause).GetAwaiter().GetResult()
                    );
                },
                iter: 300
            );

    private static async Task<List<string?>> Read(Stream stream, int pause)
    {
        using var reader = new LineReader(stream);
        var lines = new List<string?>();
        while (await reader.ReadAsync(Take, CancellationToken.None))
            continue;
        return lines;

        bool Take(ReadOnlyMemory<byte>? line)
        {
            lines.Add(line is { } text ? Encoding.ASCII.GetString(text.Span) : null);
            return lines.Count % pause != 0;
        }
    }

    /// <summary>A stream that gives out so many bytes at a time.</summary>
    private sealed class Pieces(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, size)], cancellationToken);
    }
}
