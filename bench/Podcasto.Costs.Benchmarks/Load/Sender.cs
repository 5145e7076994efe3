using System.Diagnostics;
using System.IO.Compression;

namespace Podcasto.Costs.Benchmarks.Load;

/// <summary>How a run sends its events.</summary>
internal enum Form
{
    /// <summary>JSON arrays, or single objects.</summary>
    Json,

    /// <summary>The same, compressed.</summary>
    Gzip,

    /// <summary>One stream of lines a connection.</summary>
    Ndjson,

    /// <summary>The same, compressed.</summary>
    GzipNdjson,
}

/// <summary>What a run measured.</summary>
/// <param name="Events">Events acknowledged.</param>
/// <param name="Seconds">From the first byte sent to the last acknowledgement.</param>
/// <param name="LatenciesMs">Of each request.</param>
internal sealed record Sent(long Events, double Seconds, double[] LatenciesMs)
{
    public double PerSecond => Events / Seconds;

    public double Percentile(double share) =>
        LatenciesMs.Length == 0 ? 0 : LatenciesMs.Order().ElementAt((int)Math.Min(LatenciesMs.Length - 1, LatenciesMs.Length * share));
}

/// <summary>Sends events over several connections, each waiting for its answer before its next request.</summary>
internal sealed class Sender(int port, string key, Form form, int connections, int batch, bool fullReceipt = false)
{
    private long _next;

    public async Task<Sent> SendAsync(SampleEvents events, long count)
    {
        _next = 0;
        var open = Enumerable.Range(0, connections).Select(_ => new HttpConnection(port)).ToList();
        var started = Stopwatch.GetTimestamp();
        var latencies = await Task.WhenAll(
            open.Select(connection =>
                Task.Run(() =>
                    form is Form.Ndjson or Form.GzipNdjson
                        ? StreamAsync(connection, events, count / connections)
                        : PostAsync(connection, events, count)
                )
            )
        );
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        // Off the thread that polls the sockets, where completions may run inline: the caller may block.
        await Task.Yield();
        open.ForEach(connection => connection.Dispose());
        return new Sent(count, seconds, [.. latencies.SelectMany(part => part)]);
    }

    private async Task<List<double>> PostAsync(HttpConnection connection, SampleEvents events, long count)
    {
        var latencies = new List<double>();
        var buffer = new byte[512 + batch * (SampleEvents.MaxBytes + 1) + 2];
        while (true)
        {
            var first = Interlocked.Add(ref _next, batch) - batch;
            if (first >= count)
                return latencies;
            var length = Fill(events, first, (int)Math.Min(batch, count - first), buffer.AsSpan(512));
            var body = buffer.AsMemory(512, length);
            if (form == Form.Gzip)
                body = Compress(body);
            string[] headers =
            [
                .. form == Form.Gzip ? ["Content-Encoding: gzip"] : Array.Empty<string>(),
                .. fullReceipt ? Array.Empty<string>() : ["Prefer: return=minimal"],
            ];
            var head = HttpConnection.Head("application/json", body.Length, key, headers);
            var started = Stopwatch.GetTimestamp();
            if (form == Form.Gzip)
            {
                await connection.WriteAsync(head);
                await connection.WriteAsync(body);
            }
            else
            {
                head.CopyTo(buffer, 512 - head.Length);
                await connection.WriteAsync(buffer.AsMemory(512 - head.Length, head.Length + length));
            }

            await connection.ReadAnswerAsync();
            latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
    }

    private int Fill(SampleEvents events, long first, int count, Span<byte> to)
    {
        if (batch == 1)
            return events.Write(first, to);
        var at = 0;
        for (var index = 0; index < count; index++)
        {
            to[at++] = index == 0 ? (byte)'[' : (byte)',';
            at += events.Write(first + index, to[at..]);
        }

        to[at++] = (byte)']';
        return at;
    }

    // Lines are of known lengths, so that the length of the body is known before its first byte is sent.
    private async Task<List<double>> StreamAsync(HttpConnection connection, SampleEvents events, long count)
    {
        const int Part = 1000;
        var first = Interlocked.Add(ref _next, count) - count;
        var started = Stopwatch.GetTimestamp();
        if (form == Form.GzipNdjson)
        {
            using var whole = new MemoryStream();
            await using (var gzip = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
            {
                for (long sent = 0; sent < count; sent += Part)
                    gzip.Write(Lines(events, first + sent, (int)Math.Min(Part, count - sent)).Span);
            }

            started = Stopwatch.GetTimestamp();
            await connection.WriteAsync(HttpConnection.Head("application/x-ndjson", whole.Length, key, "Content-Encoding: gzip"));
            await connection.WriteAsync(whole.GetBuffer().AsMemory(0, (int)whole.Length));
        }
        else
        {
            var scratch = new byte[SampleEvents.MaxBytes];
            long length = 0;
            for (long index = 0; index < count; index++)
                length += events.Write(first + index, scratch) + 1;
            started = Stopwatch.GetTimestamp();
            await connection.WriteAsync(HttpConnection.Head("application/x-ndjson", length, key));
            for (long sent = 0; sent < count; sent += Part)
                await connection.WriteAsync(Lines(events, first + sent, (int)Math.Min(Part, count - sent)));
        }

        await connection.ReadAnswerAsync();
        return [Stopwatch.GetElapsedTime(started).TotalMilliseconds];
    }

    private static Memory<byte> Lines(SampleEvents events, long first, int count)
    {
        var buffer = new byte[count * (SampleEvents.MaxBytes + 1)];
        var at = 0;
        for (var index = 0; index < count; index++)
        {
            at += events.Write(first + index, buffer.AsSpan(at));
            buffer[at++] = (byte)'\n';
        }

        return buffer.AsMemory(0, at);
    }

    private static Memory<byte> Compress(Memory<byte> body)
    {
        using var to = new MemoryStream();
        using (var gzip = new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(body.Span);
        return to.GetBuffer().AsMemory(0, (int)to.Length);
    }
}
