using System.Collections.Concurrent;

namespace Podcasto.Costs.Server.Ingest.Writing.Postgres;

/// <summary>
/// The podcasts that episodes had in the catalog when last looked up. A guess, to be checked in the transaction that uses it; an
/// episode of which nothing is known is guessed to have none.
/// </summary>
internal sealed class CatalogGuesses
{
    private const int MaxEpisodes = 50_000;

    private readonly ConcurrentDictionary<Guid, Guid> _podcasts = new();

    /// <summary>The guesses for episodes, as a look-up in the catalog would answer.</summary>
    public Dictionary<Guid, Guid> For(IReadOnlyCollection<Guid> episodes)
    {
        var known = new Dictionary<Guid, Guid>();
        foreach (var episode in episodes)
        {
            if (_podcasts.TryGetValue(episode, out var podcast))
                known.Add(episode, podcast);
        }

        return known;
    }

    /// <summary>Learns what the catalog holds; returns whether the guesses were right.</summary>
    public bool Learn(IReadOnlyDictionary<Guid, Guid> guessed, IReadOnlyDictionary<Guid, Guid> known)
    {
        var right = guessed.Count == known.Count;
        foreach (var (episode, podcast) in known)
        {
            if (guessed.TryGetValue(episode, out var guess) && guess == podcast)
                continue;
            right = false;
            _podcasts[episode] = podcast;
        }

        foreach (var episode in guessed.Keys)
        {
            if (!known.ContainsKey(episode))
                _podcasts.TryRemove(episode, out _);
        }

        if (_podcasts.Count > MaxEpisodes)
            _podcasts.Clear();
        return right;
    }
}
