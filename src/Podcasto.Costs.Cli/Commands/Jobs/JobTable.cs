using Podcasto.Costs.Cli.App;
using Podcasto.Costs.Cli.Output;
using Podcasto.Costs.Client.Jobs;

namespace Podcasto.Costs.Cli.Commands.Jobs;

internal static class JobTable
{
    public static void Show(Session session, IReadOnlyCollection<JobView> jobs)
    {
        if (session.IsJson || jobs.Count == 0)
            return;
        var sheet = new Sheet()
            .Column("Id")
            .Column("Kind")
            .Column("About")
            .Column("State")
            .Column("Asked for (UTC)")
            .Column("Ended (UTC)")
            .Numbers("Differences")
            .Column("Error");
        foreach (var job in jobs)
            sheet.Row(
                job.Id.ToString(),
                job.Kind,
                About(job),
                job.State,
                Words.Instant(job.CreatedAt),
                Words.Instant(job.FinishedAt),
                job.Differences is { } differences ? Words.Count(differences) : "",
                job.Error
            );
        sheet.WriteTo(session.Result);
    }

    private static string About(JobView job) =>
        job.Period ?? job.EpisodeId?.ToString() ?? (job.From is null && job.To is null ? "everything" : $"{Bound(job.From)}..{Bound(job.To)}");

    private static string Bound(DateOnly? day) => day is { } given ? Words.Day(given) : "";
}
