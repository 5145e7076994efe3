using Microsoft.Win32.SafeHandles;

namespace Podcasto.Costs.Cli.Output;

/// <summary>Standard output as bytes.</summary>
internal static class StandardOutput
{
    private const int BrokenPipe = 32;

    public static Stream Open()
    {
        if (OperatingSystem.IsWindows())
            return Console.OpenStandardOutput();
        // The console's own stream swallows the news that nobody reads a pipe any more, and an export would run on to its end.
        var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0, isAsync: false);
        // In a file, though, this one would leave the place where the next program of a script writes on.
        return pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
    }

    /// <summary>Whether the reader has gone, as <c>head</c> goes when it has seen enough.</summary>
    public static bool IsReaderGone(Exception exception) => exception is IOException && (exception.HResult & 0xffff) == BrokenPipe;
}
