using System.Diagnostics;
using Podcasto.Costs.Client.Tracking;

namespace Podcasto.Costs.Client.Spooling;

/// <summary>Appends to a file of the spool.</summary>
internal sealed class SpoolWriter : IDisposable
{
    // Without a buffer: what was written is the system's, and survives this process.
    private readonly FileStream _file;
    private readonly long _opened = Stopwatch.GetTimestamp();

    public SpoolWriter(string path)
    {
        Path = path;
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    public string Path { get; }

    /// <summary>How long ago it was opened.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(_opened);

    public int Count { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Appends all of a batch, or leaves the file as it was.</summary>
    /// <returns>How many bytes that took.</returns>
    /// <exception cref="IOException">The disk is full, or fails.</exception>
    public int Append(EventBatch batch)
    {
        var lines = new byte[batch.Bytes + SpoolLine.Frame * batch.Count];
        var length = 0;
        for (var index = 0; index < batch.Count; index++)
        {
            var json = batch[index];
            SpoolLine.Write(json, lines.AsSpan(length));
            length += json.Length + SpoolLine.Frame;
        }

        try
        {
            _file.Write(lines, 0, length);
        }
        catch
        {
            // Half of it may be there. Where it cannot even be cut off, it is sent twice, and counted once.
            _file.SetLength(Bytes);
            throw;
        }

        Bytes += length;
        Count += batch.Count;
        return length;
    }

    /// <summary>Has the system write it to the disk.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public void Flush() => _file.Flush(flushToDisk: true);

    public void Dispose() => _file.Dispose();
}
