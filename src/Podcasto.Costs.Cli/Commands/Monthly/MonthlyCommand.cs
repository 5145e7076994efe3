using System.CommandLine;
using System.Globalization;
using Podcasto.Costs.Cli.App;
using Podcasto.Costs.Cli.Output;
using Podcasto.Costs.Client.Monthly;

namespace Podcasto.Costs.Cli.Commands.Monthly;

internal static class MonthlyCommand
{
    public static Command Create()
    {
        var month = new Argument<DateOnly?>("month")
        {
            Description = "One month, yyyy-MM; a list without it",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result => Values.Month(result),
        };
        var from = Shared.Month("--from", "From this month on");
        var to = Shared.Month("--to", "Up to this month");
        var limit = Shared.Limit(100);
        var cursor = Shared.Cursor();
        var all = Shared.All();
        return new Command("monthly", "What months cost, newest first")
            .With(month, from, to, limit, cursor, all)
            .Does(
                async (session, given, cancellationToken) =>
                    Show(
                        session,
                        given.GetValue(month) is { } first
                            ? [await session.Costs.Monthly.FindAsync(first.Year, first.Month, cancellationToken) ?? throw Nothing(first)]
                            : await Paging.ReadAsync(
                                session,
                                given.GetValue(all),
                                given.GetValue(cursor),
                                at =>
                                    session.Costs.Monthly.PageAsync(
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

    private static CliException Nothing(DateOnly month) => new(ExitCodes.NotFound, $"No event happened in {Text(month.Year, month.Month)}.");

    private static string Text(int year, int month) => string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}");

    private static void Show(Session session, List<MonthlyCostView> rows)
    {
        if (rows.Count == 0 || session.IsJson)
            return;
        var greatest = rows.Max(row => row.TotalCostUsd);
        var sheet = new Sheet()
            .Column("Month")
            .Numbers("Podcasts")
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
                Text(row.Year, row.Month),
                Words.Count(row.TotalPodcastsActive),
                Words.Count(row.TotalEpisodes),
                Words.Amount(row.AiTotalUsd),
                Words.Amount(row.LambdaTotalUsd),
                Words.Amount(row.StorageTotalUsd),
                Words.Amount(row.EmailTotalUsd),
                Words.Amount(row.OtherTotalUsd),
                Words.Amount(row.TotalCostUsd),
                Bars.Of(row.TotalCostUsd, greatest)
            );
        sheet.WriteTo(session.Result);
    }
}
