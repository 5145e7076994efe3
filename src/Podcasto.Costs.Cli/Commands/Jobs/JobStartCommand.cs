using System.CommandLine;
using Podcasto.Costs.Cli.App;
using Podcasto.Costs.Cli.Http;
using Podcasto.Costs.Client.Jobs;

namespace Podcasto.Costs.Cli.Commands.Jobs;

internal static class JobStartCommand
{
    public static Command Create()
    {
        var kind = new Argument<string>("kind") { Description = string.Join(", ", Known.JobKinds), HelpName = "kind" };
        kind.CompletionSources.Add([.. Known.JobKinds]);
        var date = Shared.Day("--date", "aggregate-daily: the day (yesterday by default)");
        var month = Shared.Text("--month", "aggregate-monthly (last month by default), archive, restore: the month, yyyy-MM");
        var from = Shared.Day("--from", "rebuild, verify: from this day on");
        var to = Shared.Day("--to", "rebuild, verify: up to this day");
        var episode = Shared.Id("--episode", "rebuild, verify: only this episode and its days");
        var wait = new Option<bool>("--wait") { Description = "Wait until it has ended" };
        return new Command("start", "Start a job; it goes on whether or not somebody waits")
            .With(kind, date, month, from, to, episode, wait)
            .Does(
                Patience.Short,
                async (session, given, cancellationToken) =>
                {
                    var job = new NewJob
                    {
                        Date = given.GetValue(date),
                        Month = given.GetValue(month),
                        From = given.GetValue(from),
                        To = given.GetValue(to),
                        EpisodeId = given.GetValue(episode),
                    };
                    var waits = given.GetValue(wait);
                    session.Json.IsOpen = session.IsJson && !waits;
                    var started = await session.Costs.Jobs.StartAsync(given.GetRequiredValue(kind), job, cancellationToken);
                    if (waits)
                        return await JobWait.RunAsync(session, started.Id, cancellationToken);
                    JobTable.Show(session, [started]);
                    return ExitCodes.Ok;
                }
            );
    }
}
