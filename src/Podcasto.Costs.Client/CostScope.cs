using System.Diagnostics;
using Podcasto.Costs.Client.Scopes;

namespace Podcasto.Costs.Client;

/// <summary>What costs are charged to that do not say so themselves: everything tracked inside, across awaits and threads.</summary>
/// <example><code>using (CostScope.ForEpisode(episodeId, podcastId)) await ProduceAsync();</code></example>
public sealed class CostScope
{
    private static readonly AsyncLocal<CostScope?> Ambient = new();

    private CostScope(Guid? episodeId, Guid? podcastId) => (EpisodeId, PodcastId) = (episodeId, podcastId);

    /// <summary>The innermost scope that this code runs in; null outside of all.</summary>
    public static CostScope? Current => Ambient.Value;

    /// <summary>The episode.</summary>
    public Guid? EpisodeId { get; }

    /// <summary>The podcast.</summary>
    public Guid? PodcastId { get; }

    /// <summary>Charges what follows to an episode, until the answer is disposed of.</summary>
    /// <param name="episodeId">The episode.</param>
    /// <param name="podcastId">Its podcast, where the server's catalog may not know it.</param>
    public static IDisposable ForEpisode(Guid episodeId, Guid? podcastId = null) => new Entry(new CostScope(episodeId, podcastId));

    /// <summary>Charges what follows to a podcast as such, until the answer is disposed of.</summary>
    /// <param name="podcastId">The podcast.</param>
    public static IDisposable ForPodcast(Guid podcastId) => new Entry(new CostScope(null, podcastId));

    /// <summary>Goes on in the scope of another process.</summary>
    /// <param name="baggage">The value of a W3C <c>baggage</c> header; null or nonsense leaves the scope as it is.</param>
    public static IDisposable FromBaggage(string? baggage) => new Entry(Baggage.Read(baggage) is { } ids ? Of(ids) : Current);

    /// <summary>The scope for another process: the value of a W3C <c>baggage</c> header.</summary>
    public string ToBaggage() => Baggage.Write(EpisodeId, PodcastId);

    /// <summary>The current scope; outside of all, the one that the current activity's baggage brings from another process.</summary>
    internal static CostScope? Find()
    {
        if (Ambient.Value is { } scope)
            return scope;
        return Activity.Current is { } activity && Baggage.Read(activity) is { } ids ? Of(ids) : null;
    }

    private static CostScope Of((Guid? EpisodeId, Guid? PodcastId) ids) => new(ids.EpisodeId, ids.PodcastId);

    private sealed class Entry : IDisposable
    {
        private readonly CostScope? _before = Ambient.Value;
        private bool _left;

        public Entry(CostScope? scope) => Ambient.Value = scope;

        public void Dispose()
        {
            if (_left)
                return;
            _left = true;
            Ambient.Value = _before;
        }
    }
}
