using Microsoft.AspNetCore.Components;

namespace Podcasto.Costs.Server.Dashboard.Filters;

/// <summary>Addresses of pages: what a page shows is all in its address, so that it can be kept, sent and gone back to.</summary>
internal static class PageAddress
{
    /// <summary>This page with other values of its query; null takes one away.</summary>
    public static string With(NavigationManager navigation, params (string Name, string? Value)[] changes)
    {
        var values = changes.ToDictionary(change => change.Name, change => (object?)change.Value, StringComparer.Ordinal);
        return Relative(navigation, navigation.GetUriWithQueryParameters(values));
    }

    /// <summary>A path with a query of the values that are not null or empty.</summary>
    public static string Of(string path, params IEnumerable<(string Name, string? Value)> values)
    {
        var query = string.Join(
            '&',
            values.Where(value => !string.IsNullOrEmpty(value.Value)).Select(value => $"{value.Name}={Uri.EscapeDataString(value.Value!)}")
        );
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    private static string Relative(NavigationManager navigation, string uri) => "/" + navigation.ToBaseRelativePath(uri);
}
