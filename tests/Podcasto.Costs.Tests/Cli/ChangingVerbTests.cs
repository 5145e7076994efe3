using System.Text.Json.Nodes;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Cli;

public sealed class ChangingVerbTests(CliServer server) : IClassFixture<CliServer>
{
    [Fact]
    public async Task A_price_is_added_with_every_digit_and_an_overlap_is_told()
    {
        string[] add =
        [
            "pricing",
            "add",
            "acme",
            "--unit",
            "units",
            "--cost",
            "123456.123456789012345",
            "--from",
            "2025-01-01",
            "--to",
            "2025-02-01",
            "--notes",
            "by hand",
        ];
        var run = (await server.RunAsync([.. add, "--json"])).Ended(0);
        var price = JsonNode.Parse(run.Output)!;
        Assert.Equal("123456.123456789012345", (string?)(price as JsonArray is { } prices ? prices[0] : price)!["unit_cost_usd"]);
        (await server.RunAsync(add)).Said(1, "409");
        (await server.RunAsync("pricing", "add", "acme", "--unit", "Units!", "--cost", "1")).Said(1, "400", "/0/unit");
        (await server.RunAsync("pricing", "add", "acme", "--unit", "units", "--cost", "1,5")).Said(2, "'1,5' is no amount");
    }

    [Fact]
    public async Task A_key_is_made_listed_and_revoked()
    {
        var made = (await server.RunAsync("keys", "create", "worker", "--scope", "ingest", "--expires", "2099-01-01")).Said(0, "only time");
        var key = made.Output.TrimEnd('\n');
        (await server.RunAsync("daily", "--key", key)).Said(4, "lacks the scope");
        Assert.Contains("worker", (await server.RunAsync("keys", "list")).Output, StringComparison.Ordinal);
        var id = made.Error.Split("keys revoke ")[1].Trim();
        (await server.RunAsync("keys", "revoke", id)).Said(0, "Revoked.");
        (await server.RunAsync("daily", "--key", key)).Said(4, "The key comes from --key");
        (await server.RunAsync("keys", "revoke", Guid.NewGuid().ToString())).Said(6, "404");
    }

    [Fact]
    public async Task A_job_is_started_and_waited_for()
    {
        var run = (await server.RunAsync("jobs", "start", "verify", "--wait", "--json")).Ended(0);
        var job = JsonNode.Parse(run.Output)!;
        Assert.Equal("succeeded", (string?)job["state"]);
        var waited = (await server.RunAsync("jobs", "wait", (string)job["id"]!, "--json")).Ended(0);
        Assert.Equal(await server.Http.GetStringAsync($"/api/v1/jobs/{job["id"]}"), waited.Output.TrimEnd('\n'));
        Assert.Contains(
            "verify",
            (await server.RunAsync("jobs", "start", "verify", "--from", "2025-03-01")).Ended(0).Output,
            StringComparison.Ordinal
        );
        (await server.RunAsync("jobs", "start", "verfy")).Said(6, "verfy");
        (await server.RunAsync("jobs", "wait", Guid.NewGuid().ToString())).Said(6, "No job has the id");
    }
}
