using Podcasto.Costs.Cli.App;
using Podcasto.Costs.Cli.Output;
using Podcasto.Costs.Client.Jobs;
using Spectre.Console;

namespace Podcasto.Costs.Cli.Commands.Jobs;

/// <summary>Looks at a run until it has ended.</summary>
internal static class JobWait
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static async Task<int> RunAsync(Session session, Guid id, CancellationToken cancellationToken)
    {
        // Only the answer that tells the end is the result.
        session.Json.IsOpen = false;
        if (Console.IsErrorRedirected)
            await PollAsync(session, id, _ => { }, cancellationToken);
        else
            await session
                .Notes.Status()
                .StartAsync("Waiting", status => PollAsync(session, id, job => status.Status(SafeText.Of(Progress(job))), cancellationToken));
        session.Json.IsOpen = session.IsJson;
        var ended = await FindAsync(session, id, cancellationToken);
        JobTable.Show(session, [ended]);
        return ended.State == "succeeded" ? ExitCodes.Ok : throw new CliException(ExitCodes.Failed, $"The job failed: {ended.Error}");
    }

    private static async Task PollAsync(Session session, Guid id, Action<JobView> show, CancellationToken cancellationToken)
    {
        while (await FindAsync(session, id, cancellationToken) is { State: not ("succeeded" or "failed") } job)
        {
            show(job);
            await Task.Delay(Pause, session.Clock, cancellationToken);
        }
    }

    private static async Task<JobView> FindAsync(Session session, Guid id, CancellationToken cancellationToken) =>
        await session.Costs.Jobs.FindAsync(id, cancellationToken) ?? throw new CliException(ExitCodes.NotFound, $"No job has the id {id}.");

    private static string Progress(JobView job) =>
        job.Total > 0
            ? $"{job.Kind} {job.State}: {job.Stage} {Words.Count(job.Done)} of {Words.Count(job.Total)}"
            : $"{job.Kind} {job.State} {job.Stage}";
}
