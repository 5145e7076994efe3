using System.Text.Json.Nodes;
using Podcasto.Costs.Client;
using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Client.Lambda;

namespace Podcasto.Costs.Examples.Lambda;

/// <summary>Tells an episode's listeners about it: <c>{"episode_id": "...", "listeners": 3}</c>.</summary>
internal static class Handler
{
    public static async Task<string> HandleAsync(string payload, LambdaRun run, ICostTracker tracker)
    {
        var request = JsonNode.Parse(payload)!;
        var episode = Guid.Parse((string)request["episode_id"]!);
        // The run itself is charged to the episode, and so is what is tracked inside of the scope.
        run.EpisodeId = episode;
        using var scope = CostScope.ForEpisode(episode);
        await Task.Delay(20);
        tracker.Track(
            new NewEvent
            {
                EventType = EventTypeNames.SesEmail,
                Service = "ses",
                Quantity = (int)request["listeners"]!,
                Unit = "emails",
            }
        );
        return """{"told": true}""";
    }
}
