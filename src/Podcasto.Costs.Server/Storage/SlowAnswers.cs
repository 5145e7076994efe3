using System.Collections.Concurrent;

namespace Podcasto.Costs.Server.Storage;

/// <summary>
/// Keeps the answers of queries that took long, for fifty times as long as they took: on a large ledger pages stay fast and the database has
/// little to do, on a small one everything is as fresh as it gets. For figures to look at, not for the interface.
/// </summary>
internal sealed class SlowAnswers(TimeProvider clock)
{
    private const int Factor = 50;
    private const int MaxKept = 1_000;

    // What is quicker is not worth being old.
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<object, (object Answer, long At, TimeSpan Lifetime)> _kept = new();

    public async Task<T> GetAsync<T>(object key, Func<Task<T>> compute)
        where T : class
    {
        if (_kept.TryGetValue(key, out var kept) && clock.GetElapsedTime(kept.At) < kept.Lifetime)
            return (T)kept.Answer;
        var start = clock.GetTimestamp();
        var answer = await compute();
        var took = clock.GetElapsedTime(start);
        if (took > Quick)
        {
            if (_kept.Count >= MaxKept)
                _kept.Clear();
            _kept[key] = (answer, clock.GetTimestamp(), took * Factor);
        }

        return answer;
    }
}
