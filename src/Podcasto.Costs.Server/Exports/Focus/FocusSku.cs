using System.Text.Json;
using Podcasto.Costs.Core.Pricing;
using Podcasto.Costs.Server.Hosting;

namespace Podcasto.Costs.Server.Exports.Focus;

/// <summary>
/// What is sold, and at what price. The ids are made of what a price is for (service, unit, model, region) and of nothing that changes
/// when the price does.
/// </summary>
internal sealed record FocusSku
{
    private const string Any = "*";

    /// <summary><c>SkuId</c>: service, unit and model.</summary>
    public required string Id { get; init; }

    /// <summary><c>SkuPriceId</c>: the same with the region, and whose price it is; has the one <see cref="Id"/> that it starts with.</summary>
    public required string PriceId { get; init; }

    public required string Meter { get; init; }

    /// <summary>JSON.</summary>
    public required string Details { get; init; }

    /// <summary>US dollars for <see cref="UnitQuantity"/> units.</summary>
    public required decimal UnitPrice { get; init; }

    public required long UnitQuantity { get; init; }

    /// <summary>Of a price of the list.</summary>
    public static FocusSku Of(Price price) =>
        Of(price.Service, price.Unit, price.Model, price.Region, "list") with
        {
            UnitPrice = price.UnitCostUsd,
            UnitQuantity = price.UnitQuantity,
        };

    /// <summary>Of events that carried their unit cost: the price is theirs, and for one unit.</summary>
    public static FocusSku OfEvents(FocusKey key) => Of(key.Service, key.Unit, key.Model, key.Region, "event") with { UnitPrice = key.UnitCostUsd };

    private static FocusSku Of(string service, string unit, string? model, string? region, string source)
    {
        // Slugs have no slash and need no escape; what comes from metadata may hold anything.
        var id = $"{service}/{unit}/{Escaped(model)}";
        var details = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["x_Service"] = service,
            ["x_Unit"] = unit,
            ["x_Model"] = model,
            ["x_Region"] = region,
            ["x_PriceSource"] = source,
        };
        return new FocusSku
        {
            Id = id,
            PriceId = $"{id}/{Escaped(region)}/{source}",
            Meter = FocusMeters.Of(service, unit),
            Details = JsonSerializer.Serialize(details.Where(pair => pair.Value is not null).ToDictionary(), WireJson.Options),
            UnitPrice = 0,
            UnitQuantity = 1,
        };
    }

    private static string Escaped(string? text) => text is null ? Any : Uri.EscapeDataString(text);
}
