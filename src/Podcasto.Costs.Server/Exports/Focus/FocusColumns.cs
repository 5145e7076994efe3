using System.Text.Json;
using Podcasto.Costs.Server.Hosting;
using static Podcasto.Costs.Server.Exports.Focus.FocusColumn;

namespace Podcasto.Costs.Server.Exports.Focus;

/// <summary>The columns, those of FOCUS 1.2 in the order of the alphabet, then our own. Whoever changes one changes <see cref="FocusMetadata.CreatedAt"/> too.</summary>
internal static class FocusColumns
{
    public const string TagPrefix = "podcasto/";

    // Metadata gives 128 characters to a model and a region; percent-escapes take up to nine for one.
    private const int Slug = 65;
    private const int Dimension = 128;
    private const int Escaped = Dimension * 9;
    private const int Name = 200;
    private const int Title = 500;
    private const int Id = 36;
    private const int Json = 2_000;

    // The contract's 15 decimals of a unit cost and 9 of a quantity meet in a product of 24; a block of 10^9 adds 9 to the quantity.
    private const int Digits = 38;

    public static readonly IReadOnlyList<FocusColumn> All =
    [
        Decimal("BilledCost", Digits, 12, row => row.BilledCost),
        Text("BillingAccountId", Name, row => row.Names.BillingAccountId),
        Text("BillingAccountName", Name, row => row.Names.BillingAccountName),
        Text("BillingCurrency", 3, _ => "USD"),
        Instant("BillingPeriodEnd", row => row.Month.End),
        Instant("BillingPeriodStart", row => row.Month.Start),
        Text("ChargeCategory", 10, _ => "Usage"),
        Text("ChargeClass", 10, _ => null),
        Text("ChargeDescription", 800, row => row.Description),
        Text("ChargeFrequency", 11, _ => "Usage-Based"),
        Instant("ChargePeriodEnd", row => row.Start.AddDays(1)),
        Instant("ChargePeriodStart", row => row.Start),
        Decimal("ConsumedQuantity", Digits, 9, row => row.ConsumedQuantity),
        Text("ConsumedUnit", Slug + 10, row => FocusUnits.Of(row.Key.Unit)),
        LongDecimal("ContractedCost", Digits, 24, row => row.ListCost),
        Decimal("ContractedUnitPrice", Digits, 15, row => row.Sku.UnitPrice),
        Decimal("EffectiveCost", Digits, 12, row => row.BilledCost),
        Text("InvoiceId", Name, _ => null),
        Text("InvoiceIssuerName", Name, row => row.Service.InvoiceIssuer),
        LongDecimal("ListCost", Digits, 24, row => row.ListCost),
        Decimal("ListUnitPrice", Digits, 15, row => row.Sku.UnitPrice),
        Text("PricingCategory", 9, _ => "Standard"),
        Decimal("PricingQuantity", Digits, 18, row => row.PricingQuantity),
        Text("PricingUnit", Slug + 25, row => FocusUnits.Of(row.Key.Unit, row.Sku.UnitQuantity)),
        Text("ProviderName", Name, row => row.Service.Provider),
        Text("PublisherName", Name, row => row.Service.Publisher),
        Text("RegionId", Dimension, row => row.Key.Region),
        Text("RegionName", Dimension, row => row.Key.Region is { } region ? FocusRegions.NameOf(region) : null),
        Text("ResourceId", Id, row => row.ResourceId),
        Text("ResourceName", Title, row => row.ResourceName),
        Text("ResourceType", 7, row => row.Key.EpisodeId is null ? null : "Episode"),
        Text("ServiceCategory", 30, row => row.Service.Category),
        Text("ServiceName", Name, row => row.Service.Name),
        Text("ServiceSubcategory", Name, row => row.Service.Subcategory),
        Text("SkuId", 2 * Slug + Escaped + 2, row => row.Sku.Id),
        Text("SkuMeter", Slug + 10, row => row.Sku.Meter),
        KeyValues("SkuPriceDetails", Json, row => row.Sku.Details),
        Text("SkuPriceId", 2 * (Slug + Escaped) + 10, row => row.Sku.PriceId),
        Text("SubAccountId", Id, row => row.Key.PodcastId?.ToString("D")),
        Text("SubAccountName", Title, row => row.SubAccountName),
        Text("SubAccountType", 7, row => row.Key.PodcastId is null ? null : "Podcast"),
        KeyValues("Tags", Json, Tags) with
        {
            TagPrefix = TagPrefix,
        },
        Decimal("x_EventCount", 18, 0, row => row.EventCount),
        Text("x_EventType", Slug, row => row.Key.EventType),
        Text("x_Model", Dimension, row => row.Key.Model),
        Text("x_PriceId", Id, row => row.Key.PriceId?.ToString("D")),
        Text("x_PricedBy", 5, row => row.PricedBy),
        Text("x_Service", Slug, row => row.Key.Service),
        Text("x_Unit", Slug, row => row.Key.Unit),
    ];

    private static string Tags(FocusRow row)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [TagPrefix + "event_type"] = row.Key.EventType,
            [TagPrefix + "service"] = row.Key.Service,
        };
        if (row.Key.Model is { } model)
            tags[TagPrefix + "model"] = model;
        return JsonSerializer.Serialize(tags, WireJson.Options);
    }
}
