using Podcasto.Costs.Client.Episodes;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Dashboard.Text;

namespace Podcasto.Costs.Server.Episodes;

/// <summary>A column of the page of episodes, beside the title that always shows.</summary>
/// <param name="Name">Its name in the interface, by which it sorts.</param>
/// <param name="Label">Its head.</param>
/// <param name="Group">Where the chooser lists it.</param>
/// <param name="Get">What it shows: US dollars where the name ends in <c>_usd</c>.</param>
internal sealed record EpisodeColumn(string Name, string Label, string Group, Func<EpisodeCostView, object?> Get)
{
    public bool IsCost => Name.EndsWith("_usd", StringComparison.Ordinal);

    public bool IsNumber => Group is not "Names" and not "Times" || Name == "duration_seconds";

    /// <summary>Whether the interface can sort by it.</summary>
    public bool IsSortable => Name != EpisodeColumns.PerMinute;
}

internal static class EpisodeColumns
{
    public const string PerMinute = "cost_per_minute_usd";

    public static readonly IReadOnlyList<EpisodeColumn> All =
    [
        new("podcast_title", "Podcast", "Names", view => view.PodcastTitle),
        new("episode_id", "Episode id", "Names", view => view.EpisodeId),
        new("podcast_id", "Podcast id", "Names", view => view.PodcastId),
        new("published_at", "Published", "Times", view => view.PublishedAt),
        new("last_event_at", "Latest event", "Times", view => view.LastEventAt),
        new("cost_calculated_at", "Calculated", "Times", view => view.CostCalculatedAt),
        new("last_updated", "Updated", "Times", view => view.LastUpdated),
        new("created_at", "First arrival", "Times", view => view.CreatedAt),
        new("event_count", "Events", "Usage", view => view.EventCount),
        new("duration_seconds", "Duration", "Usage", view => view.DurationSeconds),
        new("total_tokens", "Tokens", "Usage", view => view.TotalTokens),
        new("total_emails_sent", "E-mails", "Usage", view => view.TotalEmailsSent),
        new("total_s3_operations", "S3 requests", "Usage", view => view.TotalS3Operations),
        new("storage_mb", "Stored MB", "Usage", view => view.StorageMb),
        new("lambda_duration_seconds", "Lambda seconds", "Usage", view => view.LambdaDurationSeconds),
        .. EpisodeCategories.All.Select(category => new EpisodeColumn(
            $"{category.Name()}_cost_usd",
            Words.OfCategory(category.Name()),
            "Costs",
            view => EpisodeCategories.CostUsd(view, category)
        )),
        new(PerMinute, "Cost per minute", "Costs", PerMinuteUsd),
        new("total_cost_usd", "Total", "Costs", view => view.TotalCostUsd),
    ];

    private static readonly string[] Default =
    [
        "podcast_title",
        "published_at",
        "last_event_at",
        "duration_seconds",
        "event_count",
        PerMinute,
        "total_cost_usd",
    ];

    /// <summary>The columns that an address asks for, in their own order; what it sorts by shows always.</summary>
    public static IReadOnlyList<EpisodeColumn> Chosen(string? names, EpisodeSort sort)
    {
        var wanted = (names ?? "").Split(',').Intersect(All.Select(column => column.Name)).ToList();
        var shown = wanted.Count == 0 ? Default : [.. wanted];
        return [.. All.Where(column => shown.Contains(column.Name) || column.Name == sort.Column)];
    }

    /// <summary>US dollars for a minute of audio; null where no duration is known.</summary>
    public static object? PerMinuteUsd(EpisodeCostView view) =>
        view.DurationSeconds is { } seconds and > 0 ? decimal.Round(view.TotalCostUsd * 60 / seconds, 12, MidpointRounding.ToEven) : null;
}
