namespace Podcasto.Costs.Server.Archive.Reading;

/// <summary>Work that starts over where an archive or a restore moved what it reads.</summary>
internal static class MovedFiles
{
    private const int MaxAttempts = 5;

    /// <summary>Runs work up to five times. It begins with a new snapshot, which knows where the events are by then.</summary>
    /// <exception cref="ArchiveException">A file is missing, or not what was written; or files move time and again.</exception>
    public static async Task<T> RetryAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (ArchiveException exception) when (exception.HasMoved && attempt < MaxAttempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20 << attempt), cancellationToken);
            }
        }
    }
}
