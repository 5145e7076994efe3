using System.Globalization;
using System.Text.Json.Nodes;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Exports;

public sealed class FocusExportTests
{
    private const string Podcast = "0198d0c6-0000-4000-8000-0000000000aa";
    private const string Episode = "0198d0c6-0000-4000-8000-0000000000e1";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_acceptance_data_keeps_every_rule_and_archiving_changes_no_byte(Engine engine)
    {
        using var folder = new TempFolder();
        await using var app = new PodcastoCostsApp(engine, ("Archive:Directory", folder.Path), ("Exports:Directory", folder.File("exports")));
        var client = await app.StartAsync();
        await AcceptanceBooks.LoadAsync(client);
        var months = (await client.GetJsonAsync("/api/v1/monthly"))["items"]!.AsArray().Select(Name).ToList();
        var expected = JsonNode.Parse(AcceptanceBooks.Read("expected/costs_by_service_and_month.json"))!.AsArray();
        Assert.NotEmpty(months);
        foreach (var month in months)
        {
            using var data = await FocusValidator.ValidateAsync(client, folder, month);
            foreach (var cell in expected.Where(cell => (string?)cell!["period"] == month))
                Assert.Equal(
                    "True",
                    data.Text($"select coalesce(sum(BilledCost), 0) = {cell!["total_cost_usd"]} from data where x_Service = '{cell["service"]}'")
                );
            var events = (await client.GetJsonAsync($"/api/v1/costs?granularity=month&from={month}-01&to={month}-28"))["items"]!;
            Assert.True((int)data.Metadata["x_EventCount"]! + (int)data.Metadata["x_UnpricedEventCount"]! >= (int)events[0]!["event_count"]!);
        }

        var before = await client.GetStringAsync($"/api/v1/exports/focus?month={months[1]}");
        Assert.Equal("succeeded", (string?)(await client.RunJobAsync("archive", $$"""{"month":"{{months[1]}}"}"""))["state"]);
        Assert.Equal(before, await client.GetStringAsync($"/api/v1/exports/focus?month={months[1]}"));
        (await FocusValidator.ValidateAsync(client, folder, months[1])).Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(folder.File("exports")));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Names_are_those_of_the_time_of_the_charge(Engine engine)
    {
        using var folder = new TempFolder();
        var clock = new ShiftedClock();
        clock.Set("2026-03-10T12:00:00Z");
        await using var app = new PodcastoCostsApp(engine, ("Exports:Directory", folder.Path)) { Clock = clock };
        var client = await app.StartAsync();
        await SendAsync(client, 1, "2026-03-10T11:00:00Z");
        await NameAsync(client, "שלום, \"world\"\r\n'x'", "=SUM(A1:A9)");
        clock.Set("2026-03-10T14:00:00Z");
        await NameAsync(client, "Second", "Second episode");
        await NameAsync(client, "Second", "Second episode");
        clock.Set("2026-03-10T16:00:00Z");
        await SendAsync(client, 2, "2026-03-10T13:00:00Z");
        await SendAsync(client, 3, "2026-03-10T15:00:00Z");
        // Renamed afterwards: no row of the past changes.
        await NameAsync(client, "Third", Episode.ToUpperInvariant());
        clock.Set("2026-03-11T16:00:00Z");
        await SendAsync(client, 4, "2026-03-11T15:00:00Z");

        using var data = await FocusValidator.ValidateAsync(client, folder, "2026-03");
        var rows = data.Query("select SubAccountName, ResourceName, x_EventCount::int from data order by ChargePeriodStart, x_EventCount desc");
        Assert.Equal(
            [
                // Known only after the first charge: the first name that the catalog learned stands for the time before.
                ["שלום, \"world\"\r\n'x'", "=SUM(A1:A9)", 2],
                ["Second", "Second episode", 1],
                // A title that only repeats the id is none.
                ["Third", null, 1],
            ],
            rows
        );
        Assert.Contains("\"'=SUM(A1:A9)\"", await client.GetStringAsync("/api/v1/exports/focus?month=2026-03"), StringComparison.Ordinal);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_row_has_one_price_and_what_nothing_priced_is_counted_beside_it(Engine engine)
    {
        using var folder = new TempFolder();
        await using var app = new PodcastoCostsApp(engine, ("Exports:Directory", folder.Path));
        var client = await app.StartAsync();
        var prices = """
            [{"service":"s3_put","unit":"requests","unit_cost_usd":"0.005","unit_quantity":1000,"effective_from":"2025-01-01T00:00:00Z"},
             {"service":"s3_put","unit":"requests","unit_cost_usd":"0.006","unit_quantity":1000,"effective_from":"2025-03-10T12:00:00Z"},
             {"service":"acme_*","unit":"requests","unit_cost_usd":"1.234567","unit_quantity":1000000000,"effective_from":"2025-01-01T00:00:00Z"}]
            """;
        Assert.Equal(201, (await client.PostAsync("/api/v1/pricing", prices)).Status);
        JsonNode[] events =
        [
            Event(1, "s3_put", "requests", "2000", "2025-03-10T11:00:00Z"),
            Event(2, "s3_put", "requests", "500", "2025-03-10T11:59:59Z"),
            Event(3, "s3_put", "requests", "2500", "2025-03-10T12:00:00Z"),
            Event(4, "s3_put", "requests", "1", "2025-03-10T12:00:01Z", unitCost: "0.000000000000001"),
            Event(5, "s3_put", "requests", "1", "2025-03-10T12:00:02Z", unitCost: "0.1"),
            // 28 digits by 22: more than a decimal holds.
            Event(6, "acme_x", "requests", "999999999999.999999999", "2025-03-10T12:00:03Z"),
            Event(7, "own", "gpu_hours", "999.999999999", "2025-03-31T23:59:59.999999Z", unitCost: "999999.999999999999999"),
            Event(8, "nobody", "units", "3", "2025-03-10T12:00:00Z"),
            Event(9, "nobody", "units", "3", "2025-03-11T12:00:00Z"),
            Event(10, "own", "1x", "0", "2025-03-10T12:00:00Z", unitCost: "0"),
        ];
        await client.SendEventsAsync(events);

        using var data = await FocusValidator.ValidateAsync(client, folder, "2025-03");
        Assert.Equal(
            [
                [
                    "2500.000000000",
                    "2.500000000000000000",
                    "1000 Requests",
                    "0.005000000000000",
                    "0.012500000000000000000000",
                    "0.012500000000",
                    "list",
                ],
                [
                    "2500.000000000",
                    "2.500000000000000000",
                    "1000 Requests",
                    "0.006000000000000",
                    "0.015000000000000000000000",
                    "0.015000000000",
                    "list",
                ],
                ["1.000000000", "1.000000000000000000", "Requests", "0.000000000000001", "0.000000000000001000000000", "0.000000000000", "event"],
                ["1.000000000", "1.000000000000000000", "Requests", "0.100000000000000", "0.100000000000000000000000", "0.100000000000", "event"],
            ],
            data.Query(
                "select ConsumedQuantity::varchar, PricingQuantity::varchar, PricingUnit, ListUnitPrice::varchar, ListCost::varchar, BilledCost::varchar, SkuPriceDetails->>'x_PriceSource' from data where x_Service = 's3_put'"
            )
        );
        Assert.Equal(
            [
                ["1000000000 Requests", "acme_*/requests/*", "Provider Not Configured", "Other", "1234.566999999999999998765433"],
            ],
            data.Query("select PricingUnit, SkuId, ProviderName, ServiceCategory, ListCost::varchar from data where x_Service = 'acme_x'")
        );
        Assert.Equal(["Gpu-Hours", "Units"], data.Query("select PricingUnit from data where x_Service = 'own' order by 1").Select(row => row[0]));
        Assert.Equal("True", data.Text("select bool_and(SubAccountId is null and ResourceId is null) from data"));
        Assert.Equal((8, 2), ((int)data.Metadata["x_EventCount"]!, (int)data.Metadata["x_UnpricedEventCount"]!));
        var unpriced = Assert.Single(data.Metadata["x_UnpricedUsage"]!.AsArray())!;
        Assert.Equal(("nobody", 2), ((string?)unpriced["x_Service"], (int)unpriced["x_EventCount"]!));
    }

    [Fact]
    public async Task A_month_of_unpriced_usage_has_columns_and_no_row()
    {
        using var folder = new TempFolder();
        await using var app = new PodcastoCostsApp(Engine.Sqlite, ("Exports:Directory", folder.Path));
        var client = await app.StartAsync();
        await client.SendEventsAsync([Event(1, "nobody", "units", "3", "2025-03-10T12:00:00Z")]);
        using var data = await FocusValidator.ValidateAsync(client, folder, "2025-03");
        Assert.Equal("0", data.Text("select count(*)::varchar from data"));
        Assert.Equal(1, (int)data.Metadata["x_UnpricedEventCount"]!);
    }

    [Fact]
    public async Task Configured_names_stand_in_the_rows()
    {
        using var folder = new TempFolder();
        await using var app = new PodcastoCostsApp(
            Engine.Sqlite,
            ("Exports:Directory", folder.Path),
            ("Focus:BillingAccountId", "tenant-7"),
            ("Focus:Services:0:Service", "acme_*"),
            ("Focus:Services:0:Name", "acme"),
            ("Focus:Services:0:Category", "Media"),
            ("Focus:Services:0:Provider", "Acme Inc.")
        );
        var client = await app.StartAsync();
        await client.SendEventsAsync([
            Event(1, "acme_voice", "minutes", "3", "2025-03-10T12:00:00Z", unitCost: "1"),
            // Its own name is that of others: it shares their category.
            Event(2, "acme", "minutes", "3", "2025-03-10T12:00:00Z", unitCost: "1"),
        ]);
        using var data = await FocusValidator.ValidateAsync(client, folder, "2025-03");
        Assert.Equal(
            [
                ["tenant-7", "acme", "Media", "Other (Media)", "Acme Inc.", "Acme Inc.", 2],
            ],
            data.Query(
                "select BillingAccountId, ServiceName, ServiceCategory, ServiceSubcategory, ProviderName, InvoiceIssuerName, count(*)::int from data group by all"
            )
        );
    }

    private static JsonObject Event(int id, string service, string unit, string quantity, string timestamp, string? unitCost = null) =>
        new()
        {
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"0198d0c6-0000-7000-8000-{id:x12}"),
            ["event_type"] = "other",
            ["service"] = service,
            ["quantity"] = quantity,
            ["unit"] = unit,
            ["unit_cost_usd"] = unitCost,
            ["timestamp"] = timestamp,
        };

    private static Task SendAsync(HttpClient client, int id, string timestamp)
    {
        var sent = Event(id, "acme", "units", "1", timestamp, unitCost: "0.5");
        sent["episode_id"] = Episode;
        return client.SendEventsAsync([sent]);
    }

    private static async Task NameAsync(HttpClient client, string podcast, string episode)
    {
        var catalog = new JsonObject
        {
            ["podcasts"] = new JsonArray(new JsonObject { ["id"] = Podcast, ["title"] = podcast }),
            ["episodes"] = new JsonArray(
                new JsonObject
                {
                    ["id"] = Episode,
                    ["podcast_id"] = Podcast,
                    ["title"] = episode,
                }
            ),
        };
        Assert.Equal(200, (await client.PutAsync("/api/v1/catalog", catalog.ToJsonString())).Status);
    }

    private static string Name(JsonNode? month) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)month!["year"]!:0000}-{(int)month["month"]!:00}");
}
