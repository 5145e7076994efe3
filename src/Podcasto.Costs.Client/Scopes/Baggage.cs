using System.Diagnostics;

namespace Podcasto.Costs.Client.Scopes;

/// <summary>Reads and writes the two members of W3C baggage that carry a scope. What is not understood is not there.</summary>
internal static class Baggage
{
    public const string EpisodeKey = "podcasto.episode_id";
    public const string PodcastKey = "podcasto.podcast_id";

    // The longest that the standard asks anybody to carry.
    private const int MaxLength = 8_192;

    public static string Write(Guid? episodeId, Guid? podcastId) =>
        string.Join(',', new[] { Member(EpisodeKey, episodeId), Member(PodcastKey, podcastId) }.OfType<string>());

    public static (Guid? EpisodeId, Guid? PodcastId)? Read(string? baggage)
    {
        if (baggage is null || baggage.Length > MaxLength)
            return null;
        Guid? episode = null;
        Guid? podcast = null;
        foreach (var range in baggage.AsSpan().Split(','))
        {
            // Properties of a member come after a semicolon.
            var member = baggage.AsSpan()[range];
            if (member.IndexOf(';') is >= 0 and var end)
                member = member[..end];
            if (member.IndexOf('=') is not (> 0 and var equals))
                continue;
            var key = member[..equals].Trim();
            if (key.SequenceEqual(EpisodeKey))
                episode ??= Id(member[(equals + 1)..].Trim());
            else if (key.SequenceEqual(PodcastKey))
                podcast ??= Id(member[(equals + 1)..].Trim());
        }

        return episode is null && podcast is null ? null : (episode, podcast);
    }

    public static (Guid? EpisodeId, Guid? PodcastId)? Read(Activity activity)
    {
        var (episode, podcast) = (activity.GetBaggageItem(EpisodeKey), activity.GetBaggageItem(PodcastKey));
        if (episode is null && podcast is null)
            return null;
        var ids = (EpisodeId: Id(episode), PodcastId: Id(podcast));
        return ids is (null, null) ? null : ids;
    }

    private static string? Member(string key, Guid? id) => id is { } value ? $"{key}={value}" : null;

    private static Guid? Id(ReadOnlySpan<char> text)
    {
        if (text.Contains('%'))
            text = Uri.UnescapeDataString(text.ToString());
        return Guid.TryParseExact(text, "D", out var id) && id != Guid.Empty ? id : null;
    }
}
