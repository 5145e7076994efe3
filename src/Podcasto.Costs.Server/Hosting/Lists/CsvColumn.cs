using System.Globalization;
using System.Text.Json;
using Podcasto.Costs.Core.Numbers;

namespace Podcasto.Costs.Server.Hosting.Lists;

/// <summary>A column of CSV.</summary>
/// <param name="Name">Its header.</param>
/// <param name="Get">Its value in an item.</param>
internal sealed record CsvColumn<T>(string Name, Func<T, object?> Get)
{
    /// <summary>The properties of the item, by the names that JSON has.</summary>
    public static IReadOnlyList<CsvColumn<T>> OfProperties() =>
        [
            .. WireJson
                .Options.GetTypeInfo(typeof(T))
                .Properties.Where(property => property.Get is not null)
                .Select(property => new CsvColumn<T>(property.Name, item => property.Get!(item!))),
        ];
}

internal static class CsvText
{
    /// <summary>A value as text; amounts and counts are never negative, so none of them looks like a formula.</summary>
    public static string? Of(object? value) =>
        value switch
        {
            null => null,
            string text => text,
            decimal amount => DecimalText.Format(amount),
            DateTimeOffset instant => WireJson.Format(instant),
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Guid id => id.ToString("D"),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            // Nested values as JSON.
            _ => JsonSerializer.Serialize(value, value.GetType(), WireJson.Options),
        };
}
