namespace Podcasto.Costs.Server.Dashboard;

/// <summary>Light or dark: what the reader chose, kept in a cookie so that a page is right before anything runs; else what the system says.</summary>
internal static class Theme
{
    public const string Cookie = "theme";

    /// <summary><c>light</c>, <c>dark</c>, or null to follow the system.</summary>
    public static string? Of(HttpContext context) => context.Request.Cookies[Cookie] is "light" or "dark" ? context.Request.Cookies[Cookie] : null;
}
