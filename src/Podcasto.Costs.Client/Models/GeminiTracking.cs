using Podcasto.Costs.Client.Tracking;

namespace Podcasto.Costs.Client.Models;

/// <summary>Tracks calls of Gemini's REST interface.</summary>
public static class GeminiTracking
{
    /// <summary>Tracks a call by its answer; one that says nothing of tokens is not tracked. Never throws.</summary>
    /// <param name="tracker">Takes the event.</param>
    /// <param name="json">The answer as it came.</param>
    /// <param name="model">The model that was asked: it is charged where the answer names none, or the same with a version, see <see cref="ModelNames"/>.</param>
    /// <returns>What the answer says; null where it says nothing.</returns>
    public static TokenUsage? TrackGemini(this ICostTracker tracker, string json, string? model = null)
    {
        if (tracker is null || GeminiUsage.Read(json) is not { } usage)
            return null;
        usage = usage with { Model = ModelNames.Charged(model, usage.Model) };
        tracker.Track(usage.ToEvent(GeminiUsage.ServiceOf(usage)));
        return usage;
    }
}
