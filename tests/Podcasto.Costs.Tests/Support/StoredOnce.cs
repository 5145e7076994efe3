namespace Podcasto.Costs.Tests.Support;

/// <summary>What clients were acknowledged is in the ledger, once, and nothing else is.</summary>
internal static class StoredOnce
{
    /// <param name="clients">What they were acknowledged; they have stopped.</param>
    /// <param name="server">Where it must be.</param>
    /// <param name="database">Of the server.</param>
    /// <param name="others">Ids that were sent by others.</param>
    public static async Task AssertAsync(
        IReadOnlyList<StubbornClient> clients,
        ServerProcess server,
        TestDatabase database,
        IReadOnlyList<Guid>? others = null
    )
    {
        Assert.Empty(clients.SelectMany(client => client.Unexpected));
        var acknowledged = clients.SelectMany(client => client.Acknowledged).ToList();
        Assert.True(acknowledged.Count > 100, $"Only {acknowledged.Count} events were acknowledged.");
        using var csv = await server.Client.GetAsync("/api/v1/events?format=csv");
        Assert.True(csv.IsSuccessStatusCode, await csv.Content.ReadAsStringAsync());
        var stored = (await csv.Content.ReadAsStringAsync())
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(line => Guid.Parse(line[..36]))
            .ToList();
        Assert.Equal(stored.Count, stored.Distinct().Count());
        Assert.Equal(acknowledged.Concat(others ?? []).Order(), stored.Order());
        var verify = await ServerProcess.RunAsync(database, ["verify", .. server.Arguments]);
        Assert.True(verify.ExitCode == 0, verify.Output);
    }
}
