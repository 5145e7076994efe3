using Dapper;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Episodes;

/// <summary>Finds episodes by a part of their title, in any case, or by what their id starts with.</summary>
internal static class EpisodeSearch
{
    // Fewer digits are more likely a word than an id.
    private const int FewestDigits = 4;

    private const string Lowest = "00000000-0000-0000-0000-000000000000";
    private const string Highest = "ffffffff-ffff-ffff-ffff-ffffffffffff";

    public static string Condition(Database database, string search, DynamicParameters parameters)
    {
        parameters.Add("search", database.PartOf(search));
        var title = database.Contains("e.title", "@search");
        if (IdsThatStartWith(search) is not var (first, last))
            return title;
        parameters.Add("firstId", first);
        parameters.Add("lastId", last);
        return $"({title} or c.episode_id between @firstId and @lastId)";
    }

    /// <summary>The first and the last id that start with a text; null where none can.</summary>
    public static (Guid First, Guid Last)? IdsThatStartWith(string text)
    {
        if (text.Length < FewestDigits || text.Length > Lowest.Length)
            return null;
        for (var index = 0; index < text.Length; index++)
        {
            if (Lowest[index] == '-' ? text[index] != '-' : !char.IsAsciiHexDigit(text[index]))
                return null;
        }

        return (Guid.ParseExact(text + Lowest[text.Length..], "D"), Guid.ParseExact(text + Highest[text.Length..], "D"));
    }
}
