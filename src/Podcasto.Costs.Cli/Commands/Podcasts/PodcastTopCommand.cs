using System.CommandLine;
using Podcasto.Costs.Cli.App;
using Podcasto.Costs.Cli.Output;
using Podcasto.Costs.Client.Podcasts;

namespace Podcasto.Costs.Cli.Commands.Podcasts;

internal static class PodcastTopCommand
{
    private const int Usual = 10;

    public static Command Create()
    {
        var from = Shared.Day("--from", "From this UTC day on");
        var to = Shared.Day("--to", "Up to this UTC day, inclusive");
        var limit = Shared.Limit(Usual);
        var cursor = Shared.Cursor();
        var all = Shared.All();
        return new Command("top", "List what podcasts have cost, dearest first")
            .With(from, to, limit, cursor, all)
            .Does(
                async (session, given, cancellationToken) =>
                {
                    var rows = await Paging.ReadAsync(
                        session,
                        given.GetValue(all),
                        given.GetValue(cursor),
                        at =>
                            session.Costs.Podcasts.PageAsync(
                                given.GetValue(from),
                                given.GetValue(to),
                                given.GetValue(limit) ?? Usual,
                                at,
                                cancellationToken
                            )
                    );
                    Show(session, rows);
                }
            );
    }

    private static void Show(Session session, List<PodcastCostView> rows)
    {
        if (rows.Count == 0)
            return;
        var greatest = rows.Max(row => row.TotalCostUsd);
        var sheet = new Sheet().Column("Podcast").Column("Title").Numbers("Episodes").Numbers("An episode").Numbers("Cost").Column("");
        foreach (var row in rows)
            sheet.Row(
                row.PodcastId.ToString(),
                SafeText.Short(row.Title, 40),
                Words.Count(row.EpisodeCount),
                Words.Amount(row.AvgCostPerEpisodeUsd),
                Words.Amount(row.TotalCostUsd),
                Bars.Of(row.TotalCostUsd, greatest)
            );
        sheet.WriteTo(session.Result);
    }
}
