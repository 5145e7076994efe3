using Podcasto.Costs.Cli.App;
using Podcasto.Costs.Client;

namespace Podcasto.Costs.Cli.Commands;

internal static class Paging
{
    /// <summary>Reads a page, or all of them one after another. With <c>--json</c> they are printed while they are read, and nothing is kept.</summary>
    /// <param name="session">What the command works with.</param>
    /// <param name="all">Whether the pages after it are wanted too.</param>
    /// <param name="cursor">Where to start.</param>
    /// <param name="read">Reads the page at a cursor.</param>
    public static async Task<List<T>> ReadAsync<T>(Session session, bool all, string? cursor, Func<string?, Task<Page<T>>> read)
    {
        var rows = new List<T>();
        do
        {
            var page = await read(cursor);
            if (!session.IsJson)
                rows.AddRange(page.Items);
            cursor = page.NextCursor;
        } while (all && cursor is not null);
        if (cursor is not null && !session.IsJson)
            session.NoteLast($"There is more: --cursor {cursor}, or --all.");
        if (rows.Count == 0 && !session.IsJson)
            session.Note("Nothing fits.");
        return rows;
    }
}
