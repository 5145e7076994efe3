using System.CommandLine;
using Podcasto.Costs.Cli.App;
using Podcasto.Costs.Client.Explorer;

namespace Podcasto.Costs.Cli.Commands.Costs;

internal static class CostsCommand
{
    public static Command Create()
    {
        var from = Shared.Day("--from", "From this UTC day on");
        var to = Shared.Day("--to", "Up to this UTC day");
        var groupBy = Shared.Text("--group-by", $"Comma list of {string.Join(", ", Known.Dimensions)}", [.. Known.Dimensions]);
        var granularity = Shared.Text("--granularity", "day (default), month or total", "day", "month", "total");
        var service = Shared.Text("--service", "Of this service");
        var category = Shared.Text("--category", $"Of this category: {string.Join(", ", Known.Categories)}", [.. Known.Categories]);
        var type = Shared.Text("--type", $"Of this event type: {string.Join(", ", Known.EventTypes)}", [.. Known.EventTypes]);
        var podcast = Shared.Id("--podcast", "Charged to this podcast");
        var episode = Shared.Id("--episode", "Charged to this episode");
        var model = Shared.Text("--model", "Of this model");
        var region = Shared.Text("--region", "In this region");
        var limit = Shared.Limit(100);
        var cursor = Shared.Cursor();
        var all = Shared.All();
        return new Command("costs", "Costs by any dimensions, as a table and a small chart")
            .With(from, to, groupBy, granularity, service, category, type, podcast, episode, model, region, limit, cursor, all)
            .Does(
                async (session, given, cancellationToken) =>
                {
                    var query = new CostQuery
                    {
                        From = given.GetValue(from),
                        To = given.GetValue(to),
                        GroupBy = given.GetValue(groupBy)?.Split(',') ?? [],
                        Granularity = given.GetValue(granularity),
                        Service = given.GetValue(service),
                        Category = given.GetValue(category),
                        EventType = given.GetValue(type),
                        PodcastId = given.GetValue(podcast),
                        EpisodeId = given.GetValue(episode),
                        Model = given.GetValue(model),
                        Region = given.GetValue(region),
                    };
                    var cells = await Paging.ReadAsync(
                        session,
                        given.GetValue(all),
                        given.GetValue(cursor),
                        at => session.Costs.Costs.PageAsync(query, given.GetValue(limit), at, cancellationToken)
                    );
                    if (cells.Count > 0)
                        CostPicture.Show(session.Result, cells, query.GroupBy);
                }
            );
    }
}
