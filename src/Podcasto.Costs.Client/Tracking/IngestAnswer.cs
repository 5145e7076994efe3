using System.Globalization;

namespace Podcasto.Costs.Client.Tracking;

/// <summary>What the server says to a batch, once it says anything that settles it.</summary>
/// <param name="IsAccepted">Every event is in the ledger.</param>
/// <param name="Errors">Else what is wrong, by JSON pointer; empty where the batch is too large as a whole.</param>
internal sealed record IngestAnswer(bool IsAccepted, IReadOnlyDictionary<string, string[]> Errors)
{
    public static readonly IngestAnswer Accepted = new(true, new Dictionary<string, string[]>(StringComparer.Ordinal));

    /// <summary>The events that it names, by their place in the batch, with what is wrong with each.</summary>
    public IReadOnlyDictionary<int, List<string>> Named(int count)
    {
        var named = new SortedDictionary<int, List<string>>();
        foreach (var (pointer, messages) in Errors)
        {
            if (pointer is not ['/', .. var path])
                continue;
            var end = path.IndexOf('/', StringComparison.Ordinal);
            if (!int.TryParse(end < 0 ? path : path[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= count)
                continue;
            var field = end < 0 ? "" : path[end..];
            if (!named.TryGetValue(index, out var reasons))
                named.Add(index, reasons = []);
            reasons.AddRange(messages.Select(message => $"{field} {message}".Trim()));
        }

        return named;
    }
}
