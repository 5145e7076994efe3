namespace Podcasto.Costs.Server.Catalog;

/// <summary>Titles of podcasts and episodes by their ids.</summary>
public sealed class CatalogTitles(IReadOnlyDictionary<Guid, string> titles)
{
    /// <summary>A title; null while the catalog knows none.</summary>
    public string? this[Guid id] => titles.GetValueOrDefault(id);
}
