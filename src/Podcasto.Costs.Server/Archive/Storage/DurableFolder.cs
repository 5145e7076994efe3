using System.Runtime.InteropServices;

namespace Podcasto.Costs.Server.Archive.Storage;

/// <summary>Puts the names in a folder on the disk: a file that was renamed into it may otherwise be gone after a power cut.</summary>
internal static class DurableFolder
{
    private const int ReadOnly = 0;

    /// <summary>Flushes a folder and those above it, up to and with a root.</summary>
    /// <exception cref="IOException">The system could not.</exception>
    public static void Flush(string folder, string root)
    {
        // Windows keeps names by itself, and has no such call.
        if (OperatingSystem.IsWindows())
            return;
        for (var at = folder; at is not null && at.StartsWith(root, StringComparison.Ordinal); at = Path.GetDirectoryName(at))
            FlushOne(at);
        // The root's own name. Where it was given to us rather than made by us, what is above it may be closed to us.
        if (Path.GetDirectoryName(root) is { } above && Open(above, ReadOnly) is >= 0 and var descriptor)
        {
            _ = Sync(descriptor);
            _ = Close(descriptor);
        }
    }

    private static void FlushOne(string folder)
    {
        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
            throw new IOException($"{folder} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
        try
        {
            // Some mounted folders do not know the call; what they promise is theirs.
            const int NotSupported = 22;
            if (Sync(descriptor) != 0 && Marshal.GetLastPInvokeError() != NotSupported)
                throw new IOException($"{folder} cannot be flushed: {Marshal.GetLastPInvokeErrorMessage()}");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
