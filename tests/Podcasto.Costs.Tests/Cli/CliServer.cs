using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Cli;

/// <summary>A real server on SQLite with a few events, for the tests of a class.</summary>
public sealed class CliServer : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private ServerProcess _server = null!;

    internal HttpClient Http => _server.Client;

    internal string Address => _server.Client.BaseAddress!.ToString();

    internal (string, string)[] Settings => [("PODCASTO_COSTS_SERVER", Address), ("PODCASTO_COSTS_KEY", PodcastoCostsApp.AdminKey)];

    public async ValueTask InitializeAsync()
    {
        _database = new TestDatabase(Engine.Sqlite);
        // Its own schedule would start jobs between two readings of their list.
        _server = await ServerProcess.StartAsync(_database, settings: [("Schedule:Enabled", "false")]);
        await Http.SendEventsAsync(SomeEvents.Of("2025-03-01T10:00:00Z", 7), SomeEvents.Of("2025-04-02T10:00:00Z", 5, firstId: 101));
        var (status, _) = await Http.PutAsync(
            $"/api/v1/episodes/0198d0c6-0000-4000-8000-000000000001",
            """{"podcast_id": "0198d0c6-0000-4000-8000-0000000000ff", "title": "Red [red] \u001b[31m and \u202eback"}"""
        );
        Assert.Equal(200, status);
        (status, _) = await Http.PostAsync(
            "/api/v1/pricing",
            """{"service": "s3_put", "unit": "requests", "unit_cost_usd": "0.005", "unit_quantity": 1000}"""
        );
        Assert.Equal(201, status);
        (await RunAsync("jobs", "start", "verify", "--wait")).Ended(0);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _database.Dispose();
    }

    internal Task<CliRun> RunAsync(params string[] arguments) => CliProcess.RunAsync(Settings, null, arguments);
}
