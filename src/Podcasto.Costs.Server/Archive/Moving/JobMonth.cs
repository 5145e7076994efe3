using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Jobs;

namespace Podcasto.Costs.Server.Archive.Moving;

/// <summary>What archiving and restoring share as jobs.</summary>
internal static class JobMonth
{
    public static Month Of(JobOrder order) =>
        Month.TryParse(order.Period, out var month) ? month : throw new JobException($"\"{order.Period}\" is no month.");

    /// <summary>Runs work; what is wrong with the archive is what a job's reader can do something about.</summary>
    public static async Task<JobOutcome> RunAsync(Func<Task<JobOutcome>> work)
    {
        try
        {
            return await work();
        }
        catch (ArchiveException exception)
        {
            throw new JobException(exception.Message, exception);
        }
    }
}
