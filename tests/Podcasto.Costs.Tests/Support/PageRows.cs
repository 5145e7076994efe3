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
            ids.AddRange(Row().Matches(html).Where(match => match.Groups["path"].Value == path).Select(match => match.Groups["id"].Value));
            next = NextPage().Match(html) is { Success: true } link ? WebUtility.HtmlDecode(link.Groups["next"].Value) : null;
        }

        return ids;
    }

    [GeneratedRegex("<a class=\"row\" href=\"(?<path>[^\"]+/)(?<id>[0-9a-f-]{36})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();

    [GeneratedRegex("<a class=\"button\" href=\"(?<next>[^\"]+)\" rel=\"next\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NextPage();
}
