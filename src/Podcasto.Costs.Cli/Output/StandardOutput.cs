using Microsoft.Win32.SafeHandles;

namespace Podcasto.Costs.Cli.Output;

/// <summary>Standard output as bytes.</summary>
internal static class StandardOutput
{
    private const int BrokenPipe = 32;

    // The console's own stream swallows the news that nobody reads any more, and an export would run on to its end.
    public static Stream Open() =>
        OperatingSystem.IsWindows()
            ? Console.OpenStandardOutput()
            : new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0, isAsync: false);

    /// <summary>Whether the reader has gone, as <c>head</c> goes when it has seen enough.</summary>
    public static bool IsReaderGone(Exception exception) => exception is IOException && (exception.HResult & 0xffff) == BrokenPipe;
}
