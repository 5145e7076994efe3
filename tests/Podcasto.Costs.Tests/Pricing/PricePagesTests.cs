using System.Net;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Pricing;

public sealed class PricePagesTests
{
    private static readonly (string, string)[] Puts =
    [
        ("Form.Service", "s3_put"),
        ("Form.Unit", "requests"),
        ("Form.UnitCost", "0.006"),
        ("Form.UnitQuantity", "1000"),
        ("Form.Starts", "2025-06-01T00:00"),
    ];

    private const string OldPrice =
        "{\"service\":\"s3_put\",\"unit\":\"requests\",\"unit_cost_usd\":\"0.005\",\"unit_quantity\":1000,\"effective_from\":\"2025-01-01T00:00:00Z\"}";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_price_is_previewed_without_a_trace_then_added_and_applies(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        Assert.Equal(201, (await client.PostAsync("/api/v1/pricing", OldPrice)).Status);
        Assert.Equal("0.000005", await UnitCostAsync(client, "us-east-1", TimeProvider.System.GetUtcNow()));
        var reader = await app.SignInAsync();

        using var previewed = await reader.SendFormAsync("/prices/new", [.. Puts, ("Form.Act", "preview")]);
        var preview = await previewed.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, previewed.StatusCode);
        Assert.Contains("It ends the price now in force, <strong>$0.005 per 1,000 requests</strong>", preview, StringComparison.Ordinal);
        Assert.Contains("us-east-1", preview, StringComparison.Ordinal);
        Assert.Contains("nothing is repriced", preview, StringComparison.Ordinal);
        Assert.Single((await client.GetJsonAsync("/api/v1/pricing"))["items"]!.AsArray());

        using var added = await reader.SendFormAsync("/prices/new", [.. Puts, ("Form.Act", "add")]);
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        var page = await reader.PageAsync(added.Headers.Location!.OriginalString);
        Assert.Contains("s3_put costs $0.006 per 1,000 requests", page, StringComparison.Ordinal);
        Assert.Contains("$0.000006", page, StringComparison.Ordinal);
        Assert.Equal("0.000006", await UnitCostAsync(client, "us-east-1", TimeProvider.System.GetUtcNow()));
        Assert.Equal("0.000005", await UnitCostAsync(client, "us-east-1", new DateTimeOffset(2025, 5, 31, 0, 0, 0, TimeSpan.Zero)));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_the_interface_refuses_the_form_refuses_beside_the_field_and_overlaps_in_words(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        Assert.Equal(201, (await client.PostAsync("/api/v1/pricing", OldPrice)).Status);
        var reader = await app.SignInAsync();
        foreach (
            var (field, value, words) in ((string, string, string)[])
                [
                    ("Form.UnitCost", "-1", "Price, US dollars must not be negative."),
                    ("Form.UnitCost", "one", "Price, US dollars must be a number"),
                    ("Form.Service", "S3 Put", "Service must be 1 to 64 of the characters"),
                    ("Form.Unit", "", "Unit is required."),
                    ("Form.UnitQuantity", "3", "must be a power of ten"),
                    ("Form.Ends", "2025-05-01T00:00", "Ends must be after effective_from."),
                    ("Form.Starts", "soon", "Starts must be an RFC 3339 time"),
                    ("Form.Act", "", ""),
                ]
        )
        {
            var fields = Puts.Where(known => known.Item1 != field).Append((field, value)).Append(("Form.Act", "add"));
            if (field == "Form.Act")
                fields = Puts.Where(known => known.Item1 != "Form.Starts").Append(("Form.Starts", "2025-01-01T00:00")).Append(("Form.Act", "add"));
            using var answer = await reader.SendFormAsync("/prices/new", fields);
            var page = await answer.Content.ReadAsStringAsync();
            Assert.Equal(field == "Form.Act" ? HttpStatusCode.Conflict : HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains(
                words.Length > 0
                    ? words
                    : "for every model and region, from Jan 1, 2025, 00:00:00 UTC until further notice. Let the new one start later",
                page,
                StringComparison.Ordinal
            );
            Assert.Contains("value=\"s3_put\"", field == "Form.Service" ? "value=\"s3_put\"" : page, StringComparison.Ordinal);
        }

        Assert.Single((await client.GetJsonAsync("/api/v1/pricing"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Viewers_see_prices_and_cannot_add_any()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        Assert.Equal(201, (await client.PostAsync("/api/v1/pricing", OldPrice)).Status);
        var viewer = await app.SignInAsync(await client.ViewerKeyAsync());
        var page = await viewer.PageAsync("/prices");
        Assert.Contains("$0.005 per 1,000 requests", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/prices/new", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, await viewer.StatusAsync("/prices/new"));
        // With a token from a form that a viewer may send.
        using var forged = await viewer.ForgeFormAsync("/prices", "/prices/new", [("_handler", "price"), .. Puts, ("Form.Act", "add")]);
        Assert.Equal(HttpStatusCode.Redirect, forged.StatusCode);
        Assert.Single((await client.GetJsonAsync("/api/v1/pricing"))["items"]!.AsArray());
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Services_without_a_price_come_first_and_a_price_can_be_pointed_out(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        Assert.Equal(201, (await client.PostAsync("/api/v1/pricing", OldPrice)).Status);
        var body =
            "{\"event_type\":\"ai_api_call\",\"service\":\"whisper_stt\",\"quantity\":3,\"unit\":\"minutes\",\"metadata\":{\"model\":\"<i>\"}}";
        Assert.Equal(200, (await client.PostAsync("/api/v1/events", body)).Status);
        var reader = await app.SignInAsync();
        var page = await reader.PageAsync("/prices?service=nothing-like-it&price=none");
        Assert.InRange(page.IndexOf("whisper_stt", StringComparison.Ordinal), 1, page.IndexOf("of-s3_put", StringComparison.Ordinal));
        Assert.Contains("/events?priced_by=none&amp;service=whisper_stt", page, StringComparison.Ordinal);
        Assert.Contains("&lt;i&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>", page[page.IndexOf("<main", StringComparison.Ordinal)..], StringComparison.Ordinal);
        // The form starts with what the latest event without a price needs.
        Assert.Contains("value=\"minutes\"", await reader.PageAsync("/prices/new?service=whisper_stt"), StringComparison.Ordinal);

        var id = (string)(await client.GetJsonAsync("/api/v1/pricing"))["items"]![0]!["id"]!;
        Assert.Contains($"id=\"price-{id}\" class=\"marked\"", await reader.PageAsync($"/prices?price={id}"), StringComparison.Ordinal);
    }

    private static async Task<string> UnitCostAsync(HttpClient client, string region, DateTimeOffset at)
    {
        var body =
            $"{{\"event_type\":\"s3_operation\",\"service\":\"s3_put\",\"quantity\":1,\"unit\":\"requests\",\"timestamp\":\"{at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\",\"metadata\":{{\"region\":\"{region}\"}}}}";
        var (status, receipt) = await client.PostAsync("/api/v1/events", body);
        Assert.Equal(200, status);
        return (string)receipt!["events"]![0]!["unit_cost_usd"]!;
    }
}
