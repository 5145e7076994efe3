namespace Podcasto.Costs.Tests.Support;

/// <summary>Every page of the dashboard, with something on it; see <see cref="DashboardServer"/>.</summary>
internal static class DashboardPages
{
    public static readonly IReadOnlyList<string> OfViewers =
    [
        "/",
        "/?from=2025-08-01&to=2025-09-30",
        "/podcasts?from=2025-08-01&to=2025-10-31",
        $"/podcasts/{DashboardServer.Podcast}",
        $"/podcasts/{DashboardServer.LongPodcast}?from=2025-09-01&to=2025-09-30",
        "/episodes?from=2025-08-01&to=2025-10-31",
        $"/episodes/{DashboardServer.Episode}",
        $"/episodes/{DashboardServer.LongEpisode}",
        "/months",
        "/months/2025-09",
        "/explorer?group_by=service&from=2025-08-01&to=2025-10-31",
        "/explorer?group_by=service&group_by=model&granularity=month&from=2025-08-01&to=2025-10-31",
        "/events?from=2025-09-01&to=2025-09-30",
        $"/events/{DashboardServer.Event}",
        "/prices",
        "/jobs",
        "/about",
    ];

    public static readonly IReadOnlyList<string> OfOperators = ["/prices/new", "/jobs/start", "/keys", "/audit"];
}
