using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Podcasto.Costs.Client;
using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Client.Explorer;

// What the package promises of programs that are compiled ahead of time, done by one: ADDRESS KEY SPOOL [exit|throw|kill|wait].
var services = new ServiceCollection();
var end = args.ElementAtOrDefault(3);
services.AddPodcastoCosts(options =>
{
    (options.Address, options.Key, options.SpoolFolder) = (new Uri(args[0]), args[1], args[2] == "-" ? null : args[2]);
    if (end == "wait")
        (options.FlushInterval, options.BatchSize) = (TimeSpan.FromMinutes(10), 10_000);
});
await using var provider = services.BuildServiceProvider();
var tracker = provider.GetRequiredService<ICostTracker>();
using (CostScope.ForEpisode(Guid.CreateVersion7()))
{
    for (var number = 0; number < 1_000; number++)
    {
        tracker.Track(
            new NewEvent
            {
                EventType = EventTypeNames.AiApiCall,
                Service = "gemini_text",
                Quantity = 0.5m,
                Unit = "tokens",
                UnitCostUsd = 0.0005m,
                Metadata = new JsonObject { ["model"] = "one", ["input_tokens"] = number },
            }
        );
    }
}

switch (end)
{
    case "exit":
        Environment.Exit(0);
        break;
    case "wait":
        Console.WriteLine("ready");
        await Task.Delay(TimeSpan.FromMinutes(1));
        break;
    case "throw":
        throw new InvalidOperationException("Nobody catches this.");
    case "kill":
        await Task.Delay(500);
        Process.GetCurrentProcess().Kill();
        break;
}

using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
await tracker.FlushAsync(timeout.Token);
var costs = provider.GetRequiredService<CostsClient>();
var cells = new List<CostCellView>();
await foreach (var cell in costs.Costs.ListAsync(new CostQuery { Granularity = "total" }))
    cells.Add(cell);
var (sent, dropped) = (tracker.Counts.Sent, tracker.Counts.Dropped);
Console.WriteLine(
    string.Create(
        CultureInfo.InvariantCulture,
        $"sent {sent}, dropped {dropped}, stored {cells.Sum(cell => cell.EventCount)}, total {cells.Sum(cell => cell.TotalCostUsd)}"
    )
);
