using Podcasto.Costs.Client.Episodes;
using Podcasto.Costs.Server.Hosting.Lists;

namespace Podcasto.Costs.Server.Episodes;

/// <summary>What a column of the list of episodes holds; decides how it is compared.</summary>
internal enum ColumnKind
{
    Id,
    Text,
    Amount,
    Count,
    Instant,
}

/// <summary>The order of the list: any column, either way; missing values last, then by episode.</summary>
internal sealed record EpisodeSort(string Column, bool Descending)
{
    public const string Default = "-total_cost_usd";

    public static readonly EpisodeSort Dearest = new("total_cost_usd", true);

    private static readonly Dictionary<string, (string Sql, ColumnKind Kind)> Known = new(StringComparer.Ordinal)
    {
        ["episode_id"] = ("c.episode_id", ColumnKind.Id),
        ["podcast_id"] = ("c.podcast_id", ColumnKind.Id),
        ["title"] = ("e.title", ColumnKind.Text),
        ["podcast_title"] = ("p.title", ColumnKind.Text),
        ["published_at"] = ("e.published_at", ColumnKind.Instant),
        ["duration_seconds"] = ("e.duration_seconds", ColumnKind.Amount),
        ["ai_text_cost_usd"] = ("c.ai_text_cost_usd", ColumnKind.Amount),
        ["ai_image_cost_usd"] = ("c.ai_image_cost_usd", ColumnKind.Amount),
        ["ai_tts_cost_usd"] = ("c.ai_tts_cost_usd", ColumnKind.Amount),
        ["lambda_execution_cost_usd"] = ("c.lambda_execution_cost_usd", ColumnKind.Amount),
        ["s3_operations_cost_usd"] = ("c.s3_operations_cost_usd", ColumnKind.Amount),
        ["s3_storage_cost_usd"] = ("c.s3_storage_cost_usd", ColumnKind.Amount),
        ["email_cost_usd"] = ("c.email_cost_usd", ColumnKind.Amount),
        ["sqs_cost_usd"] = ("c.sqs_cost_usd", ColumnKind.Amount),
        ["other_cost_usd"] = ("c.other_cost_usd", ColumnKind.Amount),
        ["total_cost_usd"] = ("c.total_cost_usd", ColumnKind.Amount),
        ["total_tokens"] = ("c.total_tokens", ColumnKind.Amount),
        ["total_emails_sent"] = ("c.total_emails_sent", ColumnKind.Amount),
        ["total_s3_operations"] = ("c.total_s3_operations", ColumnKind.Amount),
        ["storage_mb"] = ("c.storage_mb", ColumnKind.Amount),
        ["lambda_duration_seconds"] = ("c.lambda_duration_seconds", ColumnKind.Amount),
        ["event_count"] = ("c.event_count", ColumnKind.Count),
        ["last_event_at"] = ("c.last_event_at", ColumnKind.Instant),
        ["cost_calculated_at"] = ("c.cost_calculated_at", ColumnKind.Instant),
        ["last_updated"] = ("c.last_updated", ColumnKind.Instant),
        ["created_at"] = ("c.created_at", ColumnKind.Instant),
    };

    private static readonly Dictionary<string, Func<EpisodeCostView, object?>> Getters = CsvColumn<EpisodeCostView>
        .OfProperties()
        .ToDictionary(column => column.Name, column => column.Get, StringComparer.Ordinal);

    /// <summary>The texts that <c>sort</c> takes.</summary>
    public static readonly IReadOnlyList<string> Values = [.. Known.Keys, .. Known.Keys.Select(column => "-" + column)];

    public string Sql => Known[Column].Sql;

    public ColumnKind Kind => Known[Column].Kind;

    /// <summary>Whether episodes may lack the column.</summary>
    public bool IsNullable => Column is "podcast_id" or "title" or "podcast_title" or "published_at" or "duration_seconds";

    /// <summary>What places an episode in an order.</summary>
    public static IReadOnlyList<string?> Key(EpisodeSort sort, EpisodeCostView episode) =>
        [CsvText.Of(Getters[sort.Column](episode)), episode.EpisodeId.ToString("D")];

    public static EpisodeSort Of(string? value) =>
        (value ?? Default) is ['-', .. var column] ? new EpisodeSort(column, true) : new EpisodeSort(value!, false);
}
