using System.Text.Json;

namespace Podcasto.Costs.Server.Pricing;

/// <summary>A price as somebody typed it.</summary>
public sealed class PriceForm
{
    /// <summary>A service, or one that ends in a star.</summary>
    public string? Service { get; set; }

    /// <summary>What it counts.</summary>
    public string? Unit { get; set; }

    /// <summary>Empty for any.</summary>
    public string? Model { get; set; }

    /// <summary>Empty for any.</summary>
    public string? Region { get; set; }

    /// <summary>US dollars for <see cref="UnitQuantity"/> units.</summary>
    public string? UnitCost { get; set; }

    /// <summary>A power of ten.</summary>
    public string? UnitQuantity { get; set; }

    /// <summary>yyyy-MM-ddTHH:mm, UTC; empty for now.</summary>
    public string? Starts { get; set; }

    /// <summary>Likewise; empty for no end.</summary>
    public string? Ends { get; set; }

    /// <summary>Where it comes from.</summary>
    public string? Notes { get; set; }

    /// <summary><c>preview</c> or <c>add</c>: the button that was used.</summary>
    public string? Act { get; set; }

    /// <summary>The same as the interface takes it, so that its rules are the form's too.</summary>
    internal JsonElement ToJson() =>
        JsonSerializer.SerializeToElement(
            new Dictionary<string, string?>
            {
                ["service"] = Text(Service),
                ["unit"] = Text(Unit),
                ["model"] = Text(Model),
                ["region"] = Text(Region),
                ["unit_cost_usd"] = Text(UnitCost),
                ["unit_quantity"] = Text(UnitQuantity),
                ["effective_from"] = Instant(Starts),
                ["effective_to"] = Instant(Ends),
                ["notes"] = Text(Notes),
            }
        );

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    // Browsers send local times without seconds or an offset: they are UTC here.
    private static string? Instant(string? text) =>
        Text(text) switch
        {
            { Length: 16 } minutes => minutes + ":00Z",
            { } other when !other.EndsWith('Z') => other + "Z",
            var other => other,
        };
}
