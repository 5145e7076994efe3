namespace Podcasto.Costs.Server.Explorer;

/// <summary>What the explorer groups and filters by.</summary>
internal static class Dimension
{
    public const string Service = "service";
    public const string Category = "category";
    public const string EventType = "event_type";
    public const string Podcast = "podcast_id";
    public const string Episode = "episode_id";
    public const string Model = "model";
    public const string Region = "region";

    public static readonly IReadOnlyList<string> All = [Service, Category, EventType, Podcast, Episode, Model, Region];
}
