using Podcasto.Costs.Server.Hosting.Lists;

namespace Podcasto.Costs.Server.Dashboard.Filters;

/// <summary>Where the page before ended, as the address says; the cursor of another list or filter is as if absent.</summary>
internal sealed class PageCursor
{
    private readonly string _fingerprint;

    public PageCursor(string list, IQueryCollection query)
    {
        var filters = query.Where(pair => pair.Key != "cursor").Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString()));
        _fingerprint = ListCursor.Fingerprint($"page {list}", filters);
        if (query["cursor"].ToString() is { Length: > 0 } cursor)
            After = ListCursor.Read(cursor, _fingerprint);
    }

    /// <summary>The key of the last item of the page before.</summary>
    public IReadOnlyList<string?>? After { get; }

    public string Write(params IReadOnlyList<string?> key) => ListCursor.Write(_fingerprint, key);
}
