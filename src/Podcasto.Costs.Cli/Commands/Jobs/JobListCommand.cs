using System.CommandLine;
using Podcasto.Costs.Cli.App;

namespace Podcasto.Costs.Cli.Commands.Jobs;

internal static class JobListCommand
{
    public static Command Create()
    {
        var kind = Shared.Text("--kind", $"Of this kind: {string.Join(", ", Known.JobKinds)}", [.. Known.JobKinds]);
        var period = Shared.Text("--period", "About this day or month");
        var state = Shared.Text("--state", "In this state", "queued", "running", "succeeded", "failed");
        var limit = Shared.Limit(20);
        var cursor = Shared.Cursor();
        var all = Shared.All();
        return new Command("list", "List runs of jobs, newest first")
            .With(kind, period, state, limit, cursor, all)
            .Does(
                async (session, given, cancellationToken) =>
                    JobTable.Show(
                        session,
                        await Paging.ReadAsync(
                            session,
                            given.GetValue(all),
                            given.GetValue(cursor),
                            at =>
                                session.Costs.Jobs.PageAsync(
                                    given.GetValue(kind),
                                    given.GetValue(period),
                                    given.GetValue(state),
                                    given.GetValue(limit) ?? 20,
                                    at,
                                    cancellationToken
                                )
                        )
                    )
            );
    }
}
