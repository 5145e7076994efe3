using Podcasto.Costs.Cli.App;
using Podcasto.Costs.Cli.Output;
using Podcasto.Costs.Client.Pricing;

namespace Podcasto.Costs.Cli.Commands.Pricing;

internal static class PriceTable
{
    public static void Show(Session session, IReadOnlyCollection<PriceView> prices)
    {
        if (session.IsJson || prices.Count == 0)
            return;
        var sheet = new Sheet()
            .Column("Service")
            .Column("Model")
            .Column("Region")
            .Numbers("Price")
            .Numbers("Per")
            .Column("Unit")
            .Column("From (UTC)")
            .Column("To (UTC)")
            .Column("Notes");
        foreach (var price in prices)
            sheet.Row(
                price.Service,
                price.Model ?? "any",
                price.Region ?? "any",
                Words.Amount(price.UnitCostUsd),
                Words.Count(price.UnitQuantity),
                price.Unit,
                Words.Instant(price.EffectiveFrom),
                Words.Instant(price.EffectiveTo),
                SafeText.Short(price.Notes, 40)
            );
        sheet.WriteTo(session.Result);
    }
}
