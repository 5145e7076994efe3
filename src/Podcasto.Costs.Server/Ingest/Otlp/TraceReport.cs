using System.Globalization;

namespace Podcasto.Costs.Server.Ingest.Otlp;

/// <summary>What became of a request's spans, and the sentence that says so. Parts of a request are stored side by side: thread-safe.</summary>
internal sealed class TraceReport
{
    // Many spans have the same few faults; a sentence need not name more.
    private const int MaxReasons = 5;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _reasons = new(StringComparer.Ordinal);

    public int Spans { get; set; }

    /// <summary>Spans that looked like a cost and could not be taken.</summary>
    public int Rejected { get; private set; }

    /// <summary>Spans that repeat what those below them tell.</summary>
    public int Repeats { get; set; }

    public int Taken { get; set; }

    /// <summary>Ids of episodes and podcasts that were none.</summary>
    public int BadReferences { get; set; }

    private int Ignored => Spans - Taken - Rejected - Repeats;

    /// <summary>Null where every span became a cost.</summary>
    public string? Message
    {
        get
        {
            var parts = new List<string>();
            if (Rejected > 0)
                parts.Add($"{Count(Rejected)} rejected: {string.Join("; ", _reasons.Select(reason => $"{reason.Key} ({reason.Value})"))}");
            if (Repeats > 0)
                parts.Add($"{Count(Repeats)} not counted: the model calls below tell the same tokens");
            if (Ignored > 0)
                parts.Add($"{Count(Ignored)} ignored: no model call, or one without cost");
            if (BadReferences > 0)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{BadReferences} podcasto.* ids left out: no UUID"));
            return parts.Count == 0 ? null : $"{Count(Taken)} taken as costs. {string.Join(". ", parts)}.";
        }
    }

    public void Reject(string reason)
    {
        lock (_lock)
        {
            Rejected++;
            if (_reasons.ContainsKey(reason) || _reasons.Count < MaxReasons)
                _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
        }
    }

    private static string Count(int spans) => string.Create(CultureInfo.InvariantCulture, $"{spans} span{(spans == 1 ? "" : "s")}");
}
