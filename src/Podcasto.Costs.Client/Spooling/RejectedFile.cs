using System.Text;

namespace Podcasto.Costs.Client.Spooling;

/// <summary>Keeps events that were set aside in <c>rejected.ndjson</c> of the spool's folder, to be mended and sent by hand; at most 16 MiB of them.</summary>
internal sealed class RejectedFile(string? folder)
{
    private const long MaxBytes = 16L << 20;

    /// <exception cref="IOException">The disk fails.</exception>
    public void Add(string json)
    {
        if (folder is null)
            return;
        var path = Path.Combine(folder, "rejected.ndjson");
        if (new FileInfo(path) is { Exists: true, Length: > MaxBytes })
            return;
        File.AppendAllText(path, json + "\n", Encoding.UTF8);
    }
}
