using System.CommandLine;
using Podcasto.Costs.Cli.App;
using Podcasto.Costs.Client.Pricing;

namespace Podcasto.Costs.Cli.Commands.Pricing;

internal static class PriceAddCommand
{
    public static Command Create()
    {
        var service = new Argument<string>("service") { Description = "A service, or one that ends in * for all that start like it" };
        var unit = new Option<string>("--unit") { Description = "What is counted, such as tokens", Required = true };
        var cost = new Option<decimal>("--cost")
        {
            Description = "US dollars for the units of --per",
            HelpName = "usd",
            Required = true,
            CustomParser = result => Values.Amount(result),
        };
        var per = new Option<long>("--per")
        {
            Description = "How many units that buys: 1 (default), 1000, 1000000 or another power of ten",
            HelpName = "units",
            DefaultValueFactory = _ => 1,
        };
        var region = Shared.Text("--region", "Only in this region");
        var model = Shared.Text("--model", "Only for this model");
        var from = Shared.Instant("--from", "In force from this instant on (now by default); an open price of the same key ends there");
        var to = Shared.Instant("--to", "In force up to this instant");
        var notes = Shared.Text("--notes", "Where it comes from");
        return new Command("add", "Add a price: podcasto-costs pricing add s3_put --unit requests --cost 0.005 --per 1000")
            .With(service, unit, cost, per, region, model, from, to, notes)
            .Does(
                async (session, given, cancellationToken) =>
                {
                    var price = new NewPrice
                    {
                        Service = given.GetRequiredValue(service),
                        Unit = given.GetRequiredValue(unit),
                        UnitCostUsd = given.GetValue(cost),
                        UnitQuantity = given.GetValue(per),
                        Region = given.GetValue(region),
                        Model = given.GetValue(model),
                        EffectiveFrom = given.GetValue(from),
                        EffectiveTo = given.GetValue(to),
                        Notes = given.GetValue(notes),
                    };
                    PriceTable.Show(session, await session.Costs.Pricing.AddAsync([price], cancellationToken));
                }
            );
    }
}
