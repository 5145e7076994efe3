using Podcasto.Costs.Server.Storage.Upserts;

namespace Podcasto.Costs.Server.Catalog;

/// <summary>A title, and since when it is the title.</summary>
internal sealed record DatedTitle
{
    public Guid Id { get; init; }

    public DateTimeOffset ValidFrom { get; init; }

    public string Title { get; init; } = "";
}

/// <summary>A table of titles with their history.</summary>
internal sealed class TitleTable(string name, string key)
{
    public static readonly TitleTable Podcasts = new("podcast_titles", "podcast_id");
    public static readonly TitleTable Episodes = new("episode_titles", "episode_id");

    public string Name { get; } = name;

    public string Key { get; } = key;

    public UpsertTable<DatedTitle> Upserts { get; } =
        new UpsertTable<DatedTitle>(name).Key(key, row => row.Id).Key("valid_from", row => row.ValidFrom).Replace("title", row => row.Title);
}
