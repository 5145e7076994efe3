namespace Podcasto.Costs.Server.Catalog;

/// <summary>The titles of some podcasts or episodes, with their history.</summary>
internal sealed class Titles(IEnumerable<DatedTitle> titles)
{
    private readonly Dictionary<Guid, DatedTitle[]> _histories = titles
        .GroupBy(title => title.Id)
        .ToDictionary(group => group.Key, group => group.OrderBy(title => title.ValidFrom).ToArray());

    /// <summary>What it was called at an instant: before the catalog knew it, what the catalog first called it; null where it never did.</summary>
    public string? At(Guid id, DateTimeOffset instant) =>
        _histories.TryGetValue(id, out var history) ? (Array.FindLast(history, title => title.ValidFrom <= instant) ?? history[0]).Title : null;
}
