using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Podcasto.Costs.Client.Spooling;

/// <summary>Opens the spool, and tries again now and then while it is not to be had: a process that had it may be gone by then.</summary>
internal sealed class SpoolDoor(string? folder, long maxBytes, ILogger logger) : IDisposable
{
    /// <summary>Between two tries.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Spool? _spool;
    private long? _lastTry;
    private bool _closed;

    /// <summary>Whether there is one at all.</summary>
    public bool IsWanted => folder is not null;

    /// <summary>The spool; null where none is wanted, or while it is not to be had.</summary>
    public Spool? Open()
    {
        if (folder is null)
            return null;
        lock (_lock)
        {
            if (_spool is not null || _closed || (_lastTry is { } before && Stopwatch.GetElapsedTime(before) < Pause))
                return _spool;
            var isFirst = _lastTry is null;
            _lastTry = Stopwatch.GetTimestamp();
            try
            {
                _spool = Spool.Open(folder, maxBytes, logger);
            }
            catch (Exception exception)
            {
                if (isFirst)
                    SpoolLog.Unavailable(logger, folder, exception);
            }

            return _spool;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
            _spool?.Dispose();
            _spool = null;
        }
    }
}
