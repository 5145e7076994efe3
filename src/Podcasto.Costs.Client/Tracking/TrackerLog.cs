using Microsoft.Extensions.Logging;

namespace Podcasto.Costs.Client.Tracking;

/// <summary>What a tracker says to the log of its program.</summary>
internal static partial class TrackerLog
{
    [LoggerMessage(LogLevel.Error, "Sending costs failed in an unforeseen way; this is a defect of the client.")]
    public static partial void Failed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Error, "The process ends with {Events} events unsent; with SpoolFolder set they would wait on disk.")]
    public static partial void Lost(ILogger logger, long events);
}
