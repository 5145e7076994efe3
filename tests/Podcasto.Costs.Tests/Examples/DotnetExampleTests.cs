using System.Diagnostics;
using Podcasto.Costs.Client;
using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Examples;

/// <summary>The .NET examples as processes of their own, against the real server.</summary>
public sealed class DotnetExampleTests
{
    [Fact]
    public async Task The_worker_charges_each_episode_what_it_used()
    {
        using var database = new TestDatabase(Engine.Sqlite);
        await using var server = await ServerProcess.StartAsync(database);
        using var folder = new TempFolder();
        var episodes = Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7()).ToList();
        var podcast = Guid.CreateVersion7();
        using var worker = Start(server, "Podcasto.Costs.Examples.Worker", "Podcasto.Costs.Examples.Worker.dll", ("COSTS_SPOOL", folder.Path));
        foreach (var episode in episodes)
            await worker.StandardInput.WriteLineAsync($"{episode} {podcast}");
        worker.StandardInput.Close();
        await worker.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        Assert.Equal(0, worker.ExitCode);
        var costs = await new CostsClient(server.Client).Episodes.ListAsync().ToListAsync();
        Assert.Equal(episodes.Order(), costs.Select(cost => cost.EpisodeId).Order());
        Assert.All(
            costs,
            cost => Assert.Equal((podcast, 3_222m, 2m, 1m), (cost.PodcastId, cost.TotalTokens, cost.StorageMb, cost.TotalS3Operations))
        );
        Assert.Empty(folder.Files("*.events"));
    }

    [Fact]
    public async Task The_Lambda_function_tracks_its_runs_before_it_asks_for_the_next()
    {
        using var database = new TestDatabase(Engine.Sqlite);
        await using var server = await ServerProcess.StartAsync(database);
        await using var lambda = await FakeRuntimeApi.StartAsync();
        using var function = Start(
            server,
            "Podcasto.Costs.Examples.Lambda",
            "bootstrap.dll",
            ("AWS_LAMBDA_RUNTIME_API", lambda.Host),
            ("AWS_LAMBDA_FUNCTION_NAME", "tell"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"),
            ("AWS_REGION", "eu-west-1")
        );
        try
        {
            var costs = new CostsClient(server.Client);
            var episode = Guid.CreateVersion7();
            Assert.Equal("""{"told": true}""", await lambda.InvokeAsync($$"""{"episode_id": "{{episode}}", "listeners": 3}"""));
            await lambda.UntilIdleAsync();
            // Frozen now; all of it is in the books already.
            Assert.Equal(["lambda_tell gb_seconds", "lambda_tell requests", "ses emails"], await ServicesAsync(costs, episode));
            Assert.Contains("errorType", await lambda.InvokeAsync("no JSON"), StringComparison.Ordinal);
            await lambda.UntilIdleAsync();
            var failed = await costs
                .Events.ListAsync(new EventQuery { Service = "lambda_tell" })
                .Where(found => found.EpisodeId is null)
                .ToListAsync();
            Assert.Equal(2, failed.Count);
            Assert.All(failed, found => Assert.Equal("failed", found.Metadata!.Value.GetProperty("status").GetString()));
        }
        finally
        {
            function.Kill();
            await function.WaitForExitAsync();
        }
    }

    private static async Task<List<string>> ServicesAsync(CostsClient costs, Guid episode)
    {
        var found = await costs.Events.ListAsync(new EventQuery { EpisodeId = episode }).ToListAsync();
        return [.. found.Select(one => $"{one.Service} {one.Unit}").Order()];
    }

    private static Process Start(ServerProcess server, string project, string assembly, params (string Name, string Value)[] environment)
    {
        var path = Path.Combine(Repository.Root, "artifacts", "bin", project, "release", assembly);
        var start = new ProcessStartInfo("dotnet", [path])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["PODCASTO_COSTS_SERVER"] = server.Client.BaseAddress!.ToString();
        start.Environment["PODCASTO_COSTS_KEY"] = PodcastoCostsApp.AdminKey;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }
}
