using Podcasto.Costs.Client.Catalog;
using Podcasto.Costs.Server.Storage.Upserts;

namespace Podcasto.Costs.Server.Catalog;

/// <summary>An entry on its way into the catalog.</summary>
internal sealed record Stamped<T>(T Entry, DateTimeOffset At)
{
    /// <summary>Of an episode: at which count of changes it last changed.</summary>
    public long Revision { get; init; }
}

internal static class CatalogTables
{
    public static readonly UpsertTable<Stamped<PodcastEntry>> Podcasts = new UpsertTable<Stamped<PodcastEntry>>("podcasts")
        .Key("id", row => row.Entry.Id)
        .Replace("title", row => row.Entry.Title)
        .Once("created_at", row => row.At)
        .Replace("updated_at", row => row.At);

    public static readonly UpsertTable<Stamped<EpisodeEntry>> Episodes = new UpsertTable<Stamped<EpisodeEntry>>("episodes")
        .Key("id", row => row.Entry.Id)
        .Replace("podcast_id", row => row.Entry.PodcastId)
        .Replace("title", row => row.Entry.Title)
        .Replace("published_at", row => row.Entry.PublishedAt)
        .Replace("duration_seconds", row => row.Entry.DurationSeconds)
        .Replace("revision", row => row.Revision)
        .Once("created_at", row => row.At)
        .Replace("updated_at", row => row.At);
}
