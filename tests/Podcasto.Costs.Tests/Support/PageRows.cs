using System.Net;
using System.Text.RegularExpressions;

namespace Podcasto.Costs.Tests.Support;

internal static partial class PageRows
{
    /// <summary>The ids that a page's rows lead to, in their order, of this page and all that follow.</summary>
    /// <param name="reader">Signed in.</param>
    /// <param name="address">The first page.</param>
    /// <param name="path">What the addresses of the rows start with: <c>/events/</c>.</param>
    public static async Task<IReadOnlyList<string>> RowsAsync(this HttpClient reader, string address, string path)
    {
        var ids = new List<string>();
        for (var next = address; next is not null; )
        {
            var html = await reader.PageAsync(next);
            ids.AddRange(Row().Matches(html).Where(match => match.Groups[1].Value == path).Select(match => match.Groups[2].Value));
            next = NextPage().Match(html) is { Success: true } link ? WebUtility.HtmlDecode(link.Groups[1].Value) : null;
        }

        return ids;
    }

    [GeneratedRegex("<a class=\"row\" href=\"([^\"]+/)([0-9a-f-]{36})")]
    private static partial Regex Row();

    [GeneratedRegex("<a class=\"button\" href=\"([^\"]+)\" rel=\"next\"")]
    private static partial Regex NextPage();
}
