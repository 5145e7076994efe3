using System.CommandLine;
using Podcasto.Costs.Cli.App;
using Podcasto.Costs.Cli.Output;
using Podcasto.Costs.Client.Daily;

namespace Podcasto.Costs.Cli.Commands.Daily;

internal static class DailyCommand
{
    public static Command Create()
    {
        var date = new Argument<DateOnly?>("date")
        {
            Description = "One UTC day, yyyy-MM-dd; a list without it",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result => Values.Day(result),
        };
        var from = Shared.Day("--from", "From this UTC day on");
        var to = Shared.Day("--to", "Up to this UTC day");
        var limit = Shared.Limit(100);
        var cursor = Shared.Cursor();
        var all = Shared.All();
        return new Command("daily", "What days cost, newest first")
            .With(date, from, to, limit, cursor, all)
            .Does(
                async (session, given, cancellationToken) =>
                    Show(
                        session,
                        given.GetValue(date) is { } day
                            ? [await session.Costs.Daily.FindAsync(day, cancellationToken) ?? throw Nothing(day)]
                            : await Paging.ReadAsync(
                                session,
                                given.GetValue(all),
                                given.GetValue(cursor),
                                at =>
                                    session.Costs.Daily.PageAsync(
                                        given.GetValue(from),
                                        given.GetValue(to),
                                        given.GetValue(limit),
                                        at,
                                        cancellationToken
                                    )
                            )
                    )
            );
    }

    private static CliException Nothing(DateOnly day) => new(ExitCodes.NotFound, $"No event happened on {Words.Day(day)}.");

    private static void Show(Session session, List<DailyCostView> rows)
    {
        if (rows.Count == 0 || session.IsJson)
            return;
        var greatest = rows.Max(row => row.TotalCostUsd);
        var sheet = new Sheet()
            .Column("Day")
            .Numbers("Episodes")
            .Numbers("AI")
            .Numbers("Lambda")
            .Numbers("Storage")
            .Numbers("E-mail")
            .Numbers("Other")
            .Numbers("Total")
            .Column("");
        foreach (var row in rows)
            sheet.Row(
                Words.Day(row.Date),
                Words.Count(row.TotalEpisodesProcessed),
                Words.Amount(row.AiCostUsd),
                Words.Amount(row.LambdaCostUsd),
                Words.Amount(row.StorageCostUsd),
                Words.Amount(row.EmailCostUsd),
                Words.Amount(row.OtherCostUsd),
                Words.Amount(row.TotalCostUsd),
                Bars.Of(row.TotalCostUsd, greatest)
            );
        sheet.WriteTo(session.Result);
    }
}
