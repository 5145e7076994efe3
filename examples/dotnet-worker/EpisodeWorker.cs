using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Podcasto.Costs.Client;
using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Client.Models;

namespace Podcasto.Costs.Examples.Worker;

/// <summary>Produces an episode for each line of its input, and stops the program at the end.</summary>
internal sealed class EpisodeWorker(ICostTracker tracker, IHostApplicationLifetime application) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await Console.In.ReadLineAsync(stoppingToken) is { } line)
        {
            if (line.Split(' ') is [var episode, var podcast])
                await ProduceAsync(Guid.Parse(episode), Guid.Parse(podcast), stoppingToken);
        }

        application.StopApplication();
    }

    private async Task ProduceAsync(Guid episodeId, Guid podcastId, CancellationToken cancellationToken)
    {
        // Nothing below names the episode: what is tracked inside of the scope is charged to it.
        using var scope = CostScope.ForEpisode(episodeId, podcastId);
        tracker.TrackGemini(await AskGeminiAsync(cancellationToken));
        var audio = await SpeakAsync(cancellationToken);
        tracker.Track(
            new NewEvent
            {
                EventType = EventTypeNames.S3Operation,
                Service = "s3_put",
                Quantity = 1,
                Unit = "requests",
                Metadata = new JsonObject { ["region"] = "eu-west-1", ["file_size_mb"] = audio.Length / 1_048_576m },
            }
        );
    }

    // Where a real worker posts to generateContent; this is an answer as it comes.
    private static async Task<string> AskGeminiAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(10, cancellationToken);
        return """
            {"candidates": [{"content": {"parts": [{"text": "Good morning."}], "role": "model"}, "finishReason": "STOP"}],
             "usageMetadata": {"promptTokenCount": 812, "candidatesTokenCount": 2410, "totalTokenCount": 3222},
             "modelVersion": "gemini-2.5-flash"}
            """;
    }

    private static async Task<byte[]> SpeakAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(10, cancellationToken);
        return new byte[2 * 1_048_576];
    }
}
