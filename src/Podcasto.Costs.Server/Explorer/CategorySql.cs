using System.Text;
using Podcasto.Costs.Core.Rollups;

namespace Podcasto.Costs.Server.Explorer;

/// <summary>The category rules as SQL. Patterns are slugs with a star at one end: nothing in them needs quoting but the underscore of LIKE.</summary>
internal static class CategorySql
{
    public static string Of(CategoryRules categories, string service)
    {
        var sql = new StringBuilder("case");
        foreach (var rule in categories.Rules)
        {
            var condition = rule.Pattern.Contains('*', StringComparison.Ordinal)
                ? $"{service} like '{rule.Pattern.Replace("_", "!_", StringComparison.Ordinal).Replace('*', '%')}' escape '!'"
                : $"{service} = '{rule.Pattern}'";
            sql.Append(" when ").Append(condition).Append(" then '").Append(rule.Category.Name()).Append('\'');
        }

        return sql.Append(" else '").Append(Category.Other.Name()).Append("' end").ToString();
    }
}
