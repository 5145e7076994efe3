using System.CommandLine;
using Podcasto.Costs.Cli.App;
using Podcasto.Costs.Cli.Http;

namespace Podcasto.Costs.Cli.Commands.Jobs;

internal static class JobWaitCommand
{
    public static Command Create()
    {
        var id = new Argument<Guid>("id") { Description = "Of the run" };
        return new Command("wait", "Wait until a run has ended; fails where it failed")
            .With(id)
            .Does(Patience.Long, (session, given, cancellationToken) => JobWait.RunAsync(session, given.GetValue(id), cancellationToken));
    }
}
