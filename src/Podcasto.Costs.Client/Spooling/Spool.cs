using System.Globalization;
using Microsoft.Extensions.Logging;
using Podcasto.Costs.Client.Tracking;

namespace Podcasto.Costs.Client.Spooling;

/// <summary>A folder of files of events, appended to and deleted whole once their events are acknowledged. One process has it at a time.</summary>
internal sealed class Spool : IDisposable
{
    // A restart sends at most this again that was sent already.
    private const long SegmentBytes = 4L << 20;
    private const string Extension = ".events";

    private readonly Lock _lock = new();
    private readonly string _folder;
    private readonly long _maxBytes;
    private readonly FileStream _owner;
    private readonly Queue<SpoolSegment> _segments = new();
    private readonly ILogger _logger;
    private SpoolWriter? _active;
    private long _next;
    private long _bytes;

    private Spool(string folder, long maxBytes, FileStream owner, ILogger logger)
    {
        (_folder, _maxBytes, _owner, _logger) = (folder, maxBytes, owner, logger);
        foreach (var file in new DirectoryInfo(folder).GetFiles("*" + Extension).OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            _segments.Enqueue(new SpoolSegment(file.FullName, file.Length, IsOwn: false));
            _bytes += file.Length;
            if (long.TryParse(Path.GetFileNameWithoutExtension(file.Name), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                _next = Math.Max(_next, number + 1);
        }
    }

    /// <summary>Events of the file that is being written.</summary>
    public int Fresh
    {
        get
        {
            lock (_lock)
                return _active?.Count ?? 0;
        }
    }

    /// <summary>How long the oldest of them has waited; null where there are none.</summary>
    public TimeSpan? Age
    {
        get
        {
            lock (_lock)
                return _active is { Count: > 0 } writer ? writer.Age : null;
        }
    }

    /// <summary>Whether files wait that nobody writes to any more.</summary>
    public bool HasSegments
    {
        get
        {
            lock (_lock)
                return _segments.Count > 0;
        }
    }

    /// <summary>Opens the folder.</summary>
    /// <exception cref="IOException">Another process has it, or the disk fails.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written to.</exception>
    public static Spool Open(string folder, long maxBytes, ILogger logger)
    {
        Directory.CreateDirectory(folder);
        var owner = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            return new Spool(folder, maxBytes, owner, logger);
        }
        catch
        {
            owner.Dispose();
            throw;
        }
    }

    /// <summary>Appends the batch; false, and nothing of it is there, where the folder or the disk has no room for it.</summary>
    public bool TryAppend(EventBatch batch)
    {
        lock (_lock)
        {
            var bytes = batch.Bytes + (long)SpoolLine.Frame * batch.Count;
            if (_bytes + bytes > _maxBytes)
                return false;
            try
            {
                _active ??= new SpoolWriter(Path.Combine(_folder, $"{_next++:D20}{Extension}"));
                _bytes += _active.Append(batch);
                if (_active.Bytes >= SegmentBytes)
                    CloseActive();
                return true;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                SpoolLog.WriteFailed(_logger, _folder, exception);
                CloseActive();
                return false;
            }
        }
    }

    /// <summary>What was appended survives the machine, where the disk does.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            try
            {
                _active?.Flush();
            }
            catch (IOException exception)
            {
                SpoolLog.WriteFailed(_logger, _folder, exception);
            }
        }
    }

    /// <summary>The oldest file that waits; it comes once. Null when nothing waits.</summary>
    public SpoolSegment? Take()
    {
        lock (_lock)
        {
            if (_segments.Count == 0)
                CloseActive();
            return _segments.TryDequeue(out var segment) ? segment : null;
        }
    }

    /// <summary>Its events are acknowledged, or will never be.</summary>
    public void Delete(SpoolSegment segment)
    {
        lock (_lock)
            _bytes -= segment.Bytes;
        try
        {
            File.Delete(segment.Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next process sends it again, and the server counts none of it twice.
            SpoolLog.DeleteFailed(_logger, segment.Path, exception);
        }
    }

    public void Dispose()
    {
        lock (_lock)
            CloseActive();
        _owner.Dispose();
    }

    private void CloseActive()
    {
        if (_active is not { } writer)
            return;
        _active = null;
        if (writer.Count > 0)
            _segments.Enqueue(new SpoolSegment(writer.Path, writer.Bytes, IsOwn: true));
        writer.Dispose();
    }
}
