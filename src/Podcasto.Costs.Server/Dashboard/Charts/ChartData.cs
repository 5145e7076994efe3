using System.Text.Json;
using System.Text.Json.Serialization;
using Podcasto.Costs.Core.Numbers;
using Podcasto.Costs.Server.Dashboard.Text;

namespace Podcasto.Costs.Server.Dashboard.Charts;

/// <summary>What a chart draws: the script gets it as JSON, everybody as a table.</summary>
public sealed record ChartData
{
    /// <summary><c>columns</c> stacked on each other, or <c>lines</c>.</summary>
    public string Kind { get; init; } = "columns";

    /// <summary>The places along the axis.</summary>
    public required IReadOnlyList<ChartPlace> Places { get; init; }

    /// <summary>What is drawn at each; the first lies at the bottom.</summary>
    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>Whether a total makes sense.</summary>
    public bool HasTotal { get; init; } = true;

    public decimal TotalAt(int place) => Series.Sum(series => series.Usd[place] ?? 0);
}

/// <summary>A place along the axis.</summary>
/// <param name="Label">Short, under the axis: Nov 19.</param>
/// <param name="Title">As a person would say it: Thursday, November 19, 2026.</param>
/// <param name="Href">Where a click leads; null for nowhere.</param>
public sealed record ChartPlace(string Label, string Title, string? Href = null);

/// <summary>A row of amounts.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Colour">1 to 5 for a colour of the palette; 6 to 12 for its paler ones.</param>
/// <param name="Usd">US dollars, one for each place; null where there is none.</param>
public sealed record ChartSeries(string Name, int Colour, IReadOnlyList<decimal?> Usd)
{
    /// <summary>Indexes of points that stand out.</summary>
    public IReadOnlyList<int> Marked { get; init; } = [];
}

/// <summary>The chart as its script reads it. Amounts go with the text that is shown for them: the script only draws.</summary>
internal static class ChartJson
{
    // Escapes what could end the script element that it stands in.
    private static readonly JsonSerializerOptions Options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static string Of(ChartData data) =>
        JsonSerializer.Serialize(
            new
            {
                kind = data.Kind,
                places = data.Places.Select(place => new
                {
                    label = place.Label,
                    title = place.Title,
                    href = place.Href,
                }),
                series = data.Series.Select(series => new
                {
                    name = series.Name,
                    colour = series.Colour,
                    values = series.Usd.Select(usd => usd is { } value ? DecimalText.Format(value) : null),
                    texts = series.Usd.Select(usd => usd is { } value ? MoneyText.Short(value) : null),
                    marked = series.Marked.Count == 0 ? null : series.Marked,
                }),
                totals = data.HasTotal ? data.Places.Select((_, index) => MoneyText.Short(data.TotalAt(index))) : null,
            },
            Options
        );
}
