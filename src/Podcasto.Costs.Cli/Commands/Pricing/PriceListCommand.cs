using System.CommandLine;
using Podcasto.Costs.Cli.App;
using Podcasto.Costs.Client.Pricing;

namespace Podcasto.Costs.Cli.Commands.Pricing;

internal static class PriceListCommand
{
    public static Command Create()
    {
        var service = Shared.Text("--service", "Of this service");
        var region = Shared.Text("--region", "For this region");
        var model = Shared.Text("--model", "For this model");
        var unit = Shared.Text("--unit", "Of this unit");
        var at = Shared.Instant("--at", "In force at this instant");
        var limit = Shared.Limit(100);
        var cursor = Shared.Cursor();
        var all = Shared.All();
        return new Command("list", "List prices with their history")
            .With(service, region, model, unit, at, limit, cursor, all)
            .Does(
                async (session, given, cancellationToken) =>
                {
                    var query = new PriceQuery
                    {
                        Service = given.GetValue(service),
                        Region = given.GetValue(region),
                        Model = given.GetValue(model),
                        Unit = given.GetValue(unit),
                        At = given.GetValue(at),
                    };
                    var prices = await Paging.ReadAsync(
                        session,
                        given.GetValue(all),
                        given.GetValue(cursor),
                        page => session.Costs.Pricing.PageAsync(query, given.GetValue(limit), page, cancellationToken)
                    );
                    PriceTable.Show(session, prices);
                }
            );
    }
}
