using Podcasto.Costs.Server.Catalog;
using Podcasto.Costs.Server.Dashboard.Text;

namespace Podcasto.Costs.Server.Explorer;

/// <summary>What the explorer's dimensions and their values are called in front of people.</summary>
internal static class ExplorerWords
{
    public static string Of(string dimension) =>
        dimension switch
        {
            Dimension.Service => "Service",
            Dimension.Category => "Category",
            Dimension.EventType => "Event type",
            Dimension.Podcast => "Podcast",
            Dimension.Episode => "Episode",
            Dimension.Model => "Model",
            _ => "Region",
        };

    /// <summary>A value as plain text, such as the name of a series.</summary>
    public static string Of(string dimension, string? value, CatalogTitles titles) =>
        value is null ? $"No {Of(dimension).ToLowerInvariant()}"
        : dimension == Dimension.Category ? Words.OfCategory(value)
        : dimension is Dimension.Podcast or Dimension.Episode ? titles[Guid.Parse(value)] ?? $"{Of(dimension)} {value[..8]}…"
        : value;
}
