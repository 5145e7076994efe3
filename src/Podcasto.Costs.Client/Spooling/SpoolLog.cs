using Microsoft.Extensions.Logging;

namespace Podcasto.Costs.Client.Spooling;

internal static partial class SpoolLog
{
    [LoggerMessage(
        LogLevel.Warning,
        "The spool in {Folder} is not to be had; events wait in memory. Another process may have it: each needs a folder of its own."
    )]
    public static partial void Unavailable(ILogger logger, string folder, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The spool in {Folder} could not be written; events wait in memory.")]
    public static partial void WriteFailed(ILogger logger, string folder, Exception exception);

    [LoggerMessage(LogLevel.Warning, "{Path} of the spool could not be deleted.")]
    public static partial void DeleteFailed(ILogger logger, string path, Exception exception);

    [LoggerMessage(LogLevel.Error, "{Path} of the spool could not be read; it stays where it is.")]
    public static partial void ReadFailed(ILogger logger, string path, Exception exception);

    [LoggerMessage(LogLevel.Error, "{Damaged} records in {Path} of the spool are damaged and were left out.")]
    public static partial void Damaged(ILogger logger, int damaged, string path);
}
