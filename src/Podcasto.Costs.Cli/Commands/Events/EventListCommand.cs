using System.CommandLine;
using Podcasto.Costs.Cli.App;
using Podcasto.Costs.Cli.Output;
using Podcasto.Costs.Client.Events;

namespace Podcasto.Costs.Cli.Commands.Events;

internal static class EventListCommand
{
    public static Command Create()
    {
        var episode = Shared.Id("--episode", "Charged to this episode");
        var podcast = Shared.Id("--podcast", "Charged to this podcast");
        var service = Shared.Text("--service", "Of this service");
        var type = Shared.Text("--type", $"Of this event type: {string.Join(", ", Known.EventTypes)}", [.. Known.EventTypes]);
        var model = Shared.Text("--model", "Of this model");
        var region = Shared.Text("--region", "In this region");
        var pricedBy = Shared.Text("--priced-by", "Priced by event, price or none", "event", "price", "none");
        var from = Shared.Instant("--from", "From this instant on, inclusive");
        var to = Shared.Instant("--to", "Up to this instant, exclusive");
        var limit = Shared.Limit(100);
        var cursor = Shared.Cursor();
        var all = Shared.All();
        var command = new Command("list", "List events, newest first");
        return command
            .With(episode, podcast, service, type, model, region, pricedBy, from, to, limit, cursor, all)
            .Does(
                async (session, given, cancellationToken) =>
                {
                    var query = new EventQuery
                    {
                        EpisodeId = given.GetValue(episode),
                        PodcastId = given.GetValue(podcast),
                        Service = given.GetValue(service),
                        EventType = given.GetValue(type),
                        Model = given.GetValue(model),
                        Region = given.GetValue(region),
                        PricedBy = given.GetValue(pricedBy),
                        From = given.GetValue(from),
                        To = given.GetValue(to),
                    };
                    var rows = await Paging.ReadAsync(
                        session,
                        given.GetValue(all),
                        given.GetValue(cursor),
                        at => session.Costs.Events.PageAsync(query, given.GetValue(limit), at, cancellationToken)
                    );
                    Show(session, rows);
                }
            );
    }

    private static void Show(Session session, List<EventView> rows)
    {
        if (rows.Count == 0)
            return;
        var sheet = new Sheet()
            .Column("Time (UTC)")
            .Column("Service")
            .Numbers("Quantity")
            .Column("Unit")
            .Numbers("Cost")
            .Column("Priced by")
            .Column("Episode")
            .Column("Id");
        foreach (var row in rows)
            sheet.Row(
                Words.Instant(row.Timestamp),
                row.Service,
                Words.Number(row.Quantity),
                row.Unit,
                Words.Amount(row.TotalCostUsd),
                row.PricedBy,
                row.EpisodeId?.ToString(),
                row.Id.ToString()
            );
        sheet.WriteTo(session.Result);
    }
}
