using Podcasto.Costs.Core.Numbers;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Storage.Upserts;

namespace Podcasto.Costs.Server.Rollups;

/// <summary>The rollup tables: their columns, and how a batch's delta is merged into a stored row.</summary>
internal static class RollupTables
{
    // The stored row's naming event stands unless the new one is earlier; a row without one compares as null, which is not true.
    private const string NewNamingIsFirst = "t.named_at is null or (excluded.named_at, excluded.named_event_id) < (t.named_at, t.named_event_id)";

    public static readonly UpsertTable<EpisodeCostRow> EpisodeCosts = Episodes();

    /// <summary>The same on PostgreSQL, but the row's place in the order by cost is left for later; see EpisodeRanking.</summary>
    public static readonly UpsertTable<EpisodeCostRow> UnrankedEpisodeCosts = Episodes().Replace("is_unranked", _ => true, isShared: true);

    public static readonly UpsertTable<EpisodeDayRow> EpisodeDays = new UpsertTable<EpisodeDayRow>("episode_days")
        .Key("episode_id", row => row.Key.EpisodeId)
        .Key("day", row => row.Key.Day)
        .Key("podcast_id", row => row.Key.PodcastId)
        .Sum("cost_usd", row => row.Tally.CostUsd)
        .Sum("event_count", row => row.Tally.EventCount)
        .Sum("unpriced_count", row => row.Tally.UnpricedCount);

    public static readonly UpsertTable<CellRow> DayCells = Cells(new UpsertTable<CellRow>("day_cells").Key("day", row => row.Key.Day));

    public static readonly UpsertTable<CellRow> PodcastDayCells = Cells(
        new UpsertTable<CellRow>("podcast_day_cells").Key("podcast_id", row => row.Key.PodcastId).Key("day", row => row.Key.Day)
    );

    public static readonly UpsertTable<PodcastMonthRow> PodcastMonths = new UpsertTable<PodcastMonthRow>("podcast_months")
        .Key("podcast_id", row => row.PodcastId)
        .Key("month", row => row.Month.FirstDay)
        .Sum("episode_count", row => row.EpisodeCount)
        .Sum("cost_usd", row => row.CostUsd)
        .Sum("episode_cost_usd", row => row.EpisodeCostUsd)
        .Sum("event_count", row => row.EventCount);

    public static readonly UpsertTable<DayRow> DailyCostSummary = new UpsertTable<DayRow>("daily_cost_summary")
        .Key("date", row => row.Day)
        .Sum("total_episodes_processed", row => row.EpisodeCount)
        .Sum("total_cost_usd", row => row.Costs.TotalCostUsd)
        .Sum("ai_cost_usd", row => row.Costs.CostUsd(CategoryGroup.Ai))
        .Sum("lambda_cost_usd", row => row.Costs.CostUsd(CategoryGroup.Lambda))
        .Sum("storage_cost_usd", row => row.Costs.CostUsd(CategoryGroup.Storage))
        .Sum("email_cost_usd", row => row.Costs.CostUsd(CategoryGroup.Email))
        .Sum("other_cost_usd", row => row.Costs.CostUsd(CategoryGroup.Other))
        .Sum("episode_cost_usd", row => row.Costs.EpisodeCostUsd)
        .Add(
            "avg_cost_per_episode_usd",
            row => ExactMath.Average(row.Costs.EpisodeCostUsd, row.EpisodeCount),
            (database, _) =>
                database.Average(
                    database.Add("t.episode_cost_usd", "excluded.episode_cost_usd"),
                    "t.total_episodes_processed + excluded.total_episodes_processed"
                )
        )
        .Add("max_episode_cost_usd", row => row.MaxEpisodeCostUsd, Dearest)
        .Add("most_expensive_episode_id", row => row.MostExpensiveEpisodeId, Dearest)
        .Sum("event_count", row => row.Costs.EventCount)
        .Sum("unpriced_count", row => row.Costs.UnpricedCount)
        .Once("created_at", row => row.At, isShared: true)
        .Replace("updated_at", row => row.At, isShared: true);

    public static readonly UpsertTable<MonthRow> MonthTotals = new UpsertTable<MonthRow>("month_totals")
        .Key("month", row => row.Month.FirstDay)
        .Sum("total_episodes", row => row.EpisodeCount)
        .Sum("total_cost_usd", row => row.Costs.TotalCostUsd)
        .Sum("ai_total_usd", row => row.Costs.CostUsd(CategoryGroup.Ai))
        .Sum("lambda_total_usd", row => row.Costs.CostUsd(CategoryGroup.Lambda))
        .Sum("storage_total_usd", row => row.Costs.CostUsd(CategoryGroup.Storage))
        .Sum("email_total_usd", row => row.Costs.CostUsd(CategoryGroup.Email))
        .Sum("other_total_usd", row => row.Costs.CostUsd(CategoryGroup.Other))
        .Sum("event_count", row => row.Costs.EventCount)
        .Sum("unpriced_count", row => row.Costs.UnpricedCount)
        .Once("created_at", row => row.At, isShared: true)
        .Replace("updated_at", row => row.At, isShared: true);

    private static UpsertTable<EpisodeCostRow> Episodes() =>
        WithCategories(
                new UpsertTable<EpisodeCostRow>("episode_costs")
                    .Key("episode_id", row => row.Cost.EpisodeId)
                    .Add(
                        "podcast_id",
                        row => row.Cost.PodcastId,
                        (_, _) => $"coalesce(excluded.catalog_podcast_id, {FirstNamed("named_podcast_id")})"
                    )
                    .Replace("catalog_podcast_id", row => row.Cost.CatalogPodcastId)
                    .Add("named_podcast_id", row => row.Cost.FirstNaming?.PodcastId, (_, self) => FirstNamed(self))
                    .Add("named_at", row => row.Cost.FirstNaming?.Timestamp, (_, self) => FirstNamed(self))
                    .Add("named_event_id", row => row.Cost.FirstNaming?.EventId, (_, self) => FirstNamed(self))
            )
            .Sum("total_cost_usd", row => row.Cost.TotalCostUsd)
            .Sum("total_tokens", row => row.Cost.TotalTokens)
            .Sum("total_emails_sent", row => row.Cost.TotalEmailsSent)
            .Sum("total_s3_operations", row => row.Cost.TotalS3Operations)
            .Sum("storage_mb", row => row.Cost.StorageMb)
            .Sum("lambda_duration_seconds", row => row.Cost.LambdaDurationSeconds)
            .Sum("event_count", row => row.Cost.EventCount)
            .Add("last_event_at", row => row.Cost.LastEventAt, (database, self) => database.Later($"t.{self}", $"excluded.{self}"))
            .Replace("cost_calculated_at", row => row.At, isShared: true)
            .Replace("last_updated", row => row.At, isShared: true)
            .Once("created_at", row => row.At, isShared: true);

    private static string FirstNamed(string column) => $"case when {NewNamingIsFirst} then excluded.{column} else t.{column} end";

    // Costs are never negative and no event is taken back, so a day's dearest episode only ever gives way to a dearer one.
    private static string Dearest(Storage.Database database, string column) =>
        $"""
            case when excluded.most_expensive_episode_id is not null and (
              t.most_expensive_episode_id is null
              or {database.IsGreater("excluded.max_episode_cost_usd", "t.max_episode_cost_usd")}
              or (excluded.max_episode_cost_usd = t.max_episode_cost_usd and excluded.most_expensive_episode_id < t.most_expensive_episode_id))
            then excluded.{column} else t.{column} end
            """;

    private static UpsertTable<EpisodeCostRow> WithCategories(UpsertTable<EpisodeCostRow> table)
    {
        foreach (var category in Enum.GetValues<Category>())
            table.Sum($"{category.Name()}_cost_usd", row => row.Cost.CostUsd(category));
        return table;
    }

    private static UpsertTable<CellRow> Cells(UpsertTable<CellRow> table) =>
        table
            .Key("service", row => row.Key.Service)
            .Key("event_type", row => row.Key.EventType)
            .Key("model", row => row.Key.Model)
            .Key("region", row => row.Key.Region)
            .Sum("cost_usd", row => row.Tally.CostUsd)
            .Sum("event_count", row => row.Tally.EventCount)
            .Sum("unpriced_count", row => row.Tally.UnpricedCount);
}
