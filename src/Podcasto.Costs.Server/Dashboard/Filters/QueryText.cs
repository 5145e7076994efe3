namespace Podcasto.Costs.Server.Dashboard.Filters;

/// <summary>Free text of an address: what no filter could take is as if absent.</summary>
internal static class QueryText
{
    private const int MaxLength = 512;

    public static string? Of(string? text) =>
        text?.Trim() is { Length: > 0 and <= MaxLength } trimmed && !trimmed.Contains('\0', StringComparison.Ordinal) ? trimmed : null;
}
