using Podcasto.Costs.Core.Numbers;
using Podcasto.Costs.Core.Rollups;

namespace Podcasto.Costs.Server.Exports.Focus;

/// <summary>A row of the export.</summary>
internal sealed class FocusRow(FocusCharge charge, FocusService service, FocusSku sku, FocusOptions names)
{
    public FocusKey Key => charge.Key;

    public FocusService Service { get; } = service;

    public FocusSku Sku { get; } = sku;

    public FocusOptions Names { get; } = names;

    public Month Month => Month.Of(Key.Day);

    public DateTimeOffset Start => new(Key.Day, TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>The ledger's own sum.</summary>
    public decimal BilledCost => charge.CostUsd;

    public decimal ConsumedQuantity => charge.Quantity;

    // Exact: a power of ten moves the point, and 18 decimals are within what a decimal holds.
    public decimal PricingQuantity { get; } = charge.Quantity / sku.UnitQuantity;

    /// <summary>Unit price × pricing quantity, to the last digit; plain text, for it may have more digits than a decimal.</summary>
    public string ListCost { get; } = ExactProduct.Format(sku.UnitPrice, charge.Quantity / sku.UnitQuantity);

    public long EventCount => charge.EventCount;

    public string PricedBy => Key.PriceId is null ? "event" : "price";

    /// <summary>The podcast's title, or words that say that it has none; null where there is no podcast.</summary>
    public string? SubAccountName => Key.PodcastId is null ? null : Key.PodcastTitle ?? Names.UnknownPodcastName;

    /// <summary>The episode's title; null where it has none, or one that only repeats the id.</summary>
    public string? ResourceName => string.Equals(Key.EpisodeTitle, ResourceId, StringComparison.OrdinalIgnoreCase) ? null : Key.EpisodeTitle;

    public string? ResourceId => Key.EpisodeId?.ToString("D");

    /// <summary>What was used, for a reader who has only this row.</summary>
    public string Description =>
        $"{Service.Name}, {Sku.Meter}: {Key.Service}{(Key.Model is null ? "" : $", model {Key.Model}")}{(Key.Region is null ? "" : $", in {Key.Region}")}";
}
