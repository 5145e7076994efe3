namespace Podcasto.Costs.Server.Parquet;

/// <summary>There is no room for a file.</summary>
internal sealed class DiskFullException(string folder, Exception inner) : IOException($"The disk of {folder} is full.", inner)
{
    // ENOSPC and EDQUOT; ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL.
    private static readonly int[] Codes = [28, 122, unchecked((int)0x80070027), unchecked((int)0x80070070)];

    /// <summary>Whether that is what an exception of the file system says.</summary>
    public static bool IsMeantBy(IOException exception) => Codes.Contains(exception.HResult);
}
