using System.Text.Json;

namespace Podcasto.Costs.Client.Http;

internal static class ProblemReader
{
    /// <summary>Reads a refusal; null where the body is something else, as proxies send it.</summary>
    public static ProblemBody? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, WireContext.Default.ProblemBody);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
