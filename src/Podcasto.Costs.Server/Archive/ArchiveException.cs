using Podcasto.Costs.Server.Hosting;

namespace Podcasto.Costs.Server.Archive;

/// <summary>The archive cannot be read or written; the message names the file and says what to do.</summary>
internal sealed class ArchiveException(string message, Exception? inner = null)
    : OutOfReachException("archive-unavailable", "A file of the archive cannot be used.", message, inner)
{
    /// <summary>Whether something was met that the operating system says of a file or a disk.</summary>
    public static bool Covers(Exception exception) => exception is IOException or UnauthorizedAccessException;
}
