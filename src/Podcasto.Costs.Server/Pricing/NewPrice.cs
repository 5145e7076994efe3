using System.Text.Json;
using Podcasto.Costs.Client.Pricing;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Core.Numbers;
using Podcasto.Costs.Core.Pricing;
using Podcasto.Costs.Server.Hosting.Bodies;

namespace Podcasto.Costs.Server.Pricing;

/// <summary>A price as it was sent.</summary>
internal sealed record NewPrice(Price Price, string? Notes, DateTimeOffset CreatedAt)
{
    private const int MaxDimension = 128;
    private const int MaxNotes = 1_000;

    // id and created_at are what answers carry: a listed price can be sent again.
    private static readonly string[] Fields =
    [
        "service",
        "region",
        "model",
        "unit",
        "unit_cost_usd",
        "unit_quantity",
        "effective_from",
        "effective_to",
        "notes",
        "id",
        "created_at",
    ];

    private static readonly DecimalLimits UnitQuantityLimits = new(1_000_000_000m, 0);

    public static NewPrice? Read(JsonElement element, string pointer, DateTimeOffset now, FieldErrors errors)
    {
        // Microseconds, as the database keeps them.
        now = new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        var known = errors.Count;
        var fields = new JsonObject(element, pointer, Fields, errors);
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        var service = fields.Text("service", int.MaxValue, required: true);
        if (service is not null && !Slug.IsValidPattern(service))
            fields.Refuse("service", "must be 1 to 64 of the characters a-z, 0-9, underscore, dot and hyphen; a star may end it");
        var unit = fields.Text("unit", int.MaxValue, required: true);
        if (unit is not null && !Slug.IsValid(unit))
            fields.Refuse("unit", "must be 1 to 64 of the characters a-z, 0-9, underscore, dot and hyphen");
        var unitCost = fields.Decimal("unit_cost_usd", DecimalLimits.UnitCost, required: true);
        var unitQuantity = UnitQuantity(fields, unitCost);
        var from = fields.Instant("effective_from") ?? now;
        var to = fields.Instant("effective_to");
        if (to <= from)
            fields.Refuse("effective_to", "must be after effective_from");
        var region = Dimension(fields, "region");
        var model = Dimension(fields, "model");
        var notes = fields.Text("notes", MaxNotes);
        if (errors.Count > known || errors.IsFull)
            return null;
        var price = new Price(Guid.CreateVersion7(now), service!, region, model, unit!, unitCost!.Value, unitQuantity, from, to);
        return new NewPrice(price, notes, now);
    }

    public PriceView ToView() =>
        new()
        {
            Id = Price.Id,
            Service = Price.Service,
            Region = Price.Region,
            Model = Price.Model,
            Unit = Price.Unit,
            UnitCostUsd = Price.UnitCostUsd,
            UnitQuantity = Price.UnitQuantity,
            EffectiveFrom = Price.EffectiveFrom,
            EffectiveTo = Price.EffectiveTo,
            Notes = Notes,
            CreatedAt = CreatedAt,
        };

    private static string? Dimension(JsonObject fields, string name) => fields.Text(name, MaxDimension) is { Length: > 0 } text ? text : null;

    private static long UnitQuantity(JsonObject fields, decimal? unitCost)
    {
        if (fields.Decimal("unit_quantity", UnitQuantityLimits) is not { } quantity)
            return 1;
        var power = 1m;
        while (power < quantity)
            power *= 10;
        if (power != quantity)
            fields.Refuse("unit_quantity", "must be a power of ten from 1 to 1000000000");
        else if (unitCost is { } cost && DecimalText.Normalize(cost / quantity).Scale > DecimalLimits.UnitCost.Decimals)
            fields.Refuse("unit_cost_usd", $"must not need more than {DecimalLimits.UnitCost.Decimals} decimals for one unit");
        else
            return (long)quantity;
        return 1;
    }
}
