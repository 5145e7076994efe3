using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Exports;

public sealed class EventExportTests
{
    private static readonly string[] Reads =
    [
        "/api/v1/episodes?sort=episode_id&limit=1000",
        "/api/v1/daily?limit=1000",
        "/api/v1/monthly",
        "/api/v1/podcasts",
        "/api/v1/costs?group_by=service,model,region,event_type,podcast_id&limit=1000",
        "/api/v1/events?priced_by=none&limit=1000",
    ];

    // What a server says of itself, and not of the costs.
    private static readonly string[] Stamps = ["created_at", "updated_at", "last_updated", "cost_calculated_at", "title", "podcast_title"];

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Events_that_are_posted_back_into_an_empty_server_cost_the_same(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        await AcceptanceBooks.LoadAsync(client);
        await using var empty = new PodcastoCostsApp(engine);
        var other = await empty.StartAsync();
        var (accepted, unpriced) = (0, 0);
        foreach (var month in await MonthsAsync(client))
        {
            var lines = await client.GetStringAsync($"/api/v1/exports/events?month={month}&format=ndjson");
            var (status, receipt) = await other.PostAsync("/api/v1/events", lines, "application/x-ndjson");
            Assert.Equal((200, 0), (status, (int)receipt!["rejected"]!));
            accepted += (int)receipt["accepted"]!;
            unpriced += (int)receipt["unpriced"]!;
        }

        Assert.Equal(await app.ReadAsync<long>("select count(*) from cost_tracking_events"), accepted);
        Assert.Equal(await app.ReadAsync<long>("select count(*) from cost_tracking_events where priced_by = 'none'"), unpriced);
        Assert.NotEqual(0, unpriced);
        foreach (var path in Reads)
            Assert.Equal(Bare(await client.GetJsonAsync(path)), Bare(await other.GetJsonAsync(path)));
        Assert.Equal(await MetadataAsync(app), await MetadataAsync(empty));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task All_formats_say_the_same_and_archiving_changes_none(Engine engine)
    {
        using var folder = new TempFolder();
        await using var app = new PodcastoCostsApp(engine, ("Archive:Directory", folder.Path), ("Exports:Directory", folder.File("exports")));
        var client = await app.StartAsync();
        await AcceptanceBooks.LoadAsync(client);
        var month = (await MonthsAsync(client))[1];
        var before = await DownloadAsync(client, folder, month);
        AssertStockDuckDb(before);
        await client.RunJobAsync("archive", $$"""{"month":"{{month}}"}""");
        var after = await DownloadAsync(client, folder, month);
        Assert.Equal(File.ReadAllText(before.Csv), File.ReadAllText(after.Csv));
        Assert.Equal(File.ReadAllText(before.Ndjson), File.ReadAllText(after.Ndjson));
        AssertStockDuckDb(after);
    }

    // The three files have one content; Parquet has the types.
    private static void AssertStockDuckDb((string Csv, string Parquet, string Ndjson) files)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        string Text(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return command.ExecuteScalar()?.ToString() ?? "";
        }

        Assert.Equal(
            "id UUID,episode_id UUID,podcast_id UUID,user_id UUID,event_type VARCHAR,service VARCHAR,quantity DECIMAL(22,9),unit VARCHAR,unit_cost_usd DECIMAL(22,15),total_cost_usd DECIMAL(22,12),metadata VARCHAR,timestamp TIMESTAMP WITH TIME ZONE,created_at TIMESTAMP WITH TIME ZONE,priced_by VARCHAR,price_id UUID",
            Text($"select string_agg(column_name || ' ' || column_type, ',') from (describe from read_parquet('{files.Parquet}'))")
        );
        const string Compared =
            "id::varchar, episode_id::varchar, podcast_id::varchar, user_id::varchar, event_type, service, quantity::decimal(22,9), unit, unit_cost_usd::decimal(22,15) as unit_cost_usd, total_cost_usd::decimal(22,12), timestamp::timestamptz, created_at::timestamptz, priced_by, price_id::varchar";
        var parquet = $"select {Compared} from read_parquet('{files.Parquet}')";
        var csv = $"select {Compared} from read_csv('{files.Csv}', header = true, all_varchar = true)";
        var ndjson =
            $"select {Compared.Replace("user_id::varchar", "null::varchar", StringComparison.Ordinal)} from read_json('{files.Ndjson}', format = 'newline_delimited', columns = {{id: 'VARCHAR', episode_id: 'VARCHAR', podcast_id: 'VARCHAR', event_type: 'VARCHAR', service: 'VARCHAR', quantity: 'VARCHAR', unit: 'VARCHAR', unit_cost_usd: 'VARCHAR', total_cost_usd: 'VARCHAR', timestamp: 'VARCHAR', created_at: 'VARCHAR', priced_by: 'VARCHAR', price_id: 'VARCHAR'}})";
        foreach (var other in new[] { csv, ndjson })
            Assert.Equal("0", Text($"select count(*) from (({parquet} except all {other}) union all ({other} except all {parquet}))"));
        Assert.NotEqual("0", Text($"select count(*) from ({parquet}) where unit_cost_usd is null"));
        Assert.Equal("0", Text($"select count(*) from ({parquet}) where (unit_cost_usd is null) <> (priced_by = 'none')"));
    }

    private static async Task<(string Csv, string Parquet, string Ndjson)> DownloadAsync(HttpClient client, TempFolder folder, string month)
    {
        var files = new List<string>();
        foreach (var format in new[] { "csv", "parquet", "ndjson" })
        {
            files.Add(folder.File($"{Guid.NewGuid()}.{format}"));
            await File.WriteAllBytesAsync(files[^1], await client.GetByteArrayAsync($"/api/v1/exports/events?month={month}&format={format}"));
        }

        return (files[0], files[1], files[2]);
    }

    private static async Task<List<string>> MonthsAsync(HttpClient client) =>
        [.. (await client.GetJsonAsync("/api/v1/daily?limit=1000"))["items"]!.AsArray().Select(day => ((string)day!["date"]!)[..7]).Distinct()];

    private static Task<string> MetadataAsync(PodcastoCostsApp app) =>
        app.ReadAsync<string>(
            "select count(*) || ' ' || sum(length(cast(metadata as text))) || ' ' || max(cast(metadata as text)) from cost_tracking_events where metadata is not null"
        );

    private static string Bare(JsonNode node)
    {
        foreach (var item in node["items"]!.AsArray())
        {
            foreach (var stamp in Stamps)
                item!.AsObject().Remove(stamp);
        }

        return node.ToJsonString();
    }
}
