using Podcasto.Costs.Client.Tracking;

namespace Podcasto.Costs.Client.Spooling;

/// <summary>A file of records that nobody writes to any more.</summary>
/// <param name="Path">Of the file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="IsOwn">Whether this process wrote it; else an earlier one left it.</param>
internal sealed record SpoolSegment(string Path, long Bytes, bool IsOwn)
{
    /// <summary>Its events, in batches of at most so many, and how many of its lines are damaged: torn by a crash, or changed since.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public (IReadOnlyList<EventBatch> Batches, int Damaged) Read(int batchSize)
    {
        var rest = File.ReadAllBytes(Path).AsSpan();
        var batches = new List<EventBatch>();
        var damaged = 0;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            // A line without its end was never written whole.
            if (end < 0 || !SpoolLine.TryRead(line, out var json))
            {
                damaged++;
                continue;
            }

            if (batches.Count == 0 || batches[^1].Count == batchSize)
                batches.Add(new EventBatch());
            batches[^1].Add(json);
        }

        return (batches, damaged);
    }
}
