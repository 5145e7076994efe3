using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Exports;

/// <summary>Events as wide as they may be, of which hardly anything can be compressed.</summary>
public sealed class WideExportTests
{
    private const int Events = 5_200;
    private const int Noise = 16_000;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Wide_events_are_exported_as_parquet_archived_and_exported_again(Engine engine)
    {
        using var folder = new TempFolder();
        await using var app = new PodcastoCostsApp(engine, ("Archive:Directory", folder.Path), ("Exports:Directory", folder.File("exports")));
        var client = await app.StartAsync();
        for (var first = 0; first < Events; first += 1_300)
        {
            var (status, receipt) = await client.PostAsync("/api/v1/events", Lines(first, 1_300), "application/x-ndjson");
            Assert.Equal((200, 1_300), (status, (int?)receipt!["accepted"]));
        }

        await AssertWholeAsync(client, folder.File("before.parquet"));
        var archived = await client.RunJobAsync("archive", """{"month":"2025-03"}""");
        Assert.True((string?)archived["state"] == "succeeded", archived.ToJsonString());
        await AssertWholeAsync(client, folder.File("after.parquet"));
        using var focus = await client.GetAsync("/api/v1/exports/focus?month=2025-03&format=parquet");
        Assert.Equal(200, (int)focus.StatusCode);
    }

    private static async Task AssertWholeAsync(HttpClient client, string path)
    {
        using (var answer = await client.GetAsync("/api/v1/exports/events?month=2025-03&format=parquet"))
        {
            Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {answer.Content.Headers.ContentType}");
            await using var file = File.Create(path);
            await answer.Content.CopyToAsync(file);
        }

        await using var connection = new DuckDBConnection("Data Source=:memory:");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            select count(*)::int, count(*) filter (where length(metadata->>'noise') = {Noise})::int,
              count(*) filter (where (metadata->>'number')::int = file_row_number)::int
            from read_parquet('{path}', file_row_number = true)
            """;
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        Assert.Equal((Events, Events, Events), (reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2)));
    }

    private static string Lines(int first, int count)
    {
        var lines = new StringBuilder();
        foreach (var number in Enumerable.Range(first, count))
        {
            var metadata = new JsonObject { ["number"] = number, ["noise"] = RandomNumberGenerator.GetHexString(Noise) };
            var line = new JsonObject
            {
                ["id"] = string.Create(CultureInfo.InvariantCulture, $"0198d0c6-0000-7000-8000-{number:x12}"),
                ["event_type"] = "other",
                ["service"] = "acme",
                ["quantity"] = 1,
                ["unit"] = "units",
                ["unit_cost_usd"] = "0.5",
                ["timestamp"] = string.Create(CultureInfo.InvariantCulture, $"2025-03-01T10:00:00.{number:d6}Z"),
                ["metadata"] = metadata,
            };
            lines.Append(line.ToJsonString()).Append('\n');
        }

        return lines.ToString();
    }
}
