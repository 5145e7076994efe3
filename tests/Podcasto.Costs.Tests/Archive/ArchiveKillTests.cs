using System.Diagnostics;
using System.Text.Json.Nodes;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Archive;

/// <summary>Each event is in one place, whatever was killed while it moved.</summary>
public sealed class ArchiveKillTests
{
    private const int Events = 7_000;
    private const string Month = """{"month":"2026-01"}""";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task No_event_is_lost_or_doubled_when_archive_and_restore_are_killed(Engine engine)
    {
        using var database = new TestDatabase(engine);
        using var folder = new TempFolder();
        var server = await StartAsync();
        try
        {
            await server.Client.SendEventsAsync(SomeEvents.Of("2026-01-10T10:00:00Z", Events));
            var took = await UndisturbedAsync(server.Client);

            // Late events for the month, and repeats of archived ones, from here to the end.
            using var stop = new CancellationTokenSource();
            var clients = Enumerable
                .Range(1, 2)
                .Select(seed => new StubbornClient(() => server.Client, seed, TimeSpan.FromMilliseconds(40)))
                .ToList();
            var running = clients.Select(client => Task.Run(() => client.RunAsync(stop.Token))).ToList();
            var random = new Random(11);
            for (var (kills, round) = (0, 0); kills < Faults.Times(2, 20); round++)
            {
                var kind = round % 2 == 0 ? "archive" : "restore";
                var job = await StartJobAsync(server.Client, kind);
                // Sometimes also while it is run again.
                for (var again = 0; again <= random.Next(2); again++, kills++)
                {
                    await Task.Delay(random.Next((int)(took[kind] * 1.2)));
                    var killed = server;
                    killed.Kill();
                    await database.ForgetTheDeadAsync();
                    server = await StartAsync();
                    await killed.DisposeAsync();
                }

                job = await server.Client.JobEndedAsync(job);
                Assert.True((string?)job["state"] == "succeeded", job.ToJsonString());
            }

            await stop.CancelAsync();
            await Task.WhenAll(running);
            foreach (var kind in new[] { "archive", "restore" })
            {
                Assert.Equal("succeeded", (string?)(await server.Client.RunJobAsync(kind, Month))["state"]);
                await StoredOnce.AssertAsync(clients, server, database, [.. SomeEvents.Ids(Events)]);
            }

            Assert.Empty(folder.Files("*"));
        }
        finally
        {
            await server.DisposeAsync();
        }

        Task<ServerProcess> StartAsync() =>
            ServerProcess.StartAsync(database, settings: [("Archive:Directory", folder.Path), ("Schedule:Enabled", "false")]);
    }

    // How long each takes, in milliseconds: kills then fall anywhere into it.
    private static async Task<Dictionary<string, double>> UndisturbedAsync(HttpClient client)
    {
        var took = new Dictionary<string, double>();
        foreach (var kind in new[] { "archive", "restore" })
        {
            var started = Stopwatch.GetTimestamp();
            var job = await client.RunJobAsync(kind, Month);
            Assert.Equal(Events, (int)job["events"]!);
            took[kind] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        return took;
    }

    private static async Task<JsonNode> StartJobAsync(HttpClient client, string kind)
    {
        var (status, job) = await client.PostAsync($"/api/v1/jobs/{kind}", Month);
        Assert.True(status == 202, job?.ToJsonString());
        return job!;
    }
}
