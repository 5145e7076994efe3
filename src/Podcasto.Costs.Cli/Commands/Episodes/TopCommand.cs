using System.CommandLine;
using Podcasto.Costs.Cli.App;
using Podcasto.Costs.Cli.Output;
using Podcasto.Costs.Client.Episodes;

namespace Podcasto.Costs.Cli.Commands.Episodes;

internal static class TopCommand
{
    private const int Usual = 10;

    public static Command Create()
    {
        var podcast = Shared.Id("--podcast", "Of this podcast");
        var from = Shared.Day("--from", "With their latest event on this UTC day or later");
        var to = Shared.Day("--to", "With their latest event on this UTC day or earlier");
        var search = Shared.Text("--search", "With this in the title, or an id that starts with it");
        var sort = Shared.Text(
            "--sort",
            "By this column, - before it for descending (-total_cost_usd by default)",
            "-total_cost_usd",
            "-total_tokens",
            "-event_count"
        );
        var limit = Shared.Limit(Usual);
        var cursor = Shared.Cursor();
        var all = Shared.All();
        return new Command("top", "List what episodes have cost, dearest first")
            .With(podcast, from, to, search, sort, limit, cursor, all)
            .Does(
                async (session, given, cancellationToken) =>
                {
                    var query = new EpisodeQuery
                    {
                        PodcastId = given.GetValue(podcast),
                        From = given.GetValue(from),
                        To = given.GetValue(to),
                        Search = given.GetValue(search),
                        Sort = given.GetValue(sort),
                    };
                    var rows = await Paging.ReadAsync(
                        session,
                        given.GetValue(all),
                        given.GetValue(cursor),
                        at => session.Costs.Episodes.PageAsync(query, given.GetValue(limit) ?? Usual, at, cancellationToken)
                    );
                    Show(session, rows);
                }
            );
    }

    private static void Show(Session session, List<EpisodeCostView> rows)
    {
        if (rows.Count == 0)
            return;
        var greatest = rows.Max(row => row.TotalCostUsd);
        var sheet = new Sheet().Column("Episode").Column("Title").Column("Podcast").Numbers("Events").Numbers("Cost").Column("");
        foreach (var row in rows)
            sheet.Row(
                row.EpisodeId.ToString(),
                SafeText.Short(row.Title, 40),
                SafeText.Short(row.PodcastTitle, 24),
                Words.Count(row.EventCount),
                Words.Amount(row.TotalCostUsd),
                Bars.Of(row.TotalCostUsd, greatest)
            );
        sheet.WriteTo(session.Result);
    }
}
