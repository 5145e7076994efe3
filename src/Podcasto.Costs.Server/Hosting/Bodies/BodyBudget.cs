namespace Podcasto.Costs.Server.Hosting.Bodies;

/// <summary>The memory that all large bodies of the process may take together while they are read. Small ones are not counted.</summary>
internal static class BodyBudget
{
    /// <summary>Bytes up to which a body is small.</summary>
    public const int Small = 64 * 1024;

    /// <summary>Most bytes of all large bodies together: room for one of the largest beside many usual ones.</summary>
    public const long MaxBytes = 192L * 1024 * 1024;

    private static long _taken;

    /// <summary>Takes memory, unless that would be too much.</summary>
    public static bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= MaxBytes)
            return true;
        Release(bytes);
        return false;
    }

    public static void Release(int bytes) => Interlocked.Add(ref _taken, -bytes);
}
