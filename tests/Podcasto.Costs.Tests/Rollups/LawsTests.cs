using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using Podcasto.Costs.Core.Numbers;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Rollups;

/// <summary>What must hold whatever is sent: laws, tried on events that CsCheck makes up.</summary>
public sealed class LawsTests
{
    private static readonly string[] Services = ["gemini_text", "gemini_tts", "lambda_a", "s3_put", "ses", "acme"];

    private static readonly Gen<JsonObject> Events =
        from id in Gen.Int[0, 60]
        from episode in Gen.Int[0, 5]
        from podcast in Gen.Int[0, 3]
        from service in Gen.Int[0, Services.Length - 1].Select(index => Services[index])
        from quantity in Gen.Long[0, 1_000_000_000_000]
        from cost in Gen.Long[0, 1_000_000_000]
        from hours in Gen.Int[0, 24 * 70]
        select new JsonObject
        {
            ["id"] = $"0198d0c6-0000-7000-8000-{id + 1:x12}",
            ["event_type"] = "other",
            ["service"] = service,
            ["quantity"] = DecimalText.Format(quantity * 0.000001m),
            ["unit"] = "units",
            ["unit_cost_usd"] = DecimalText.Format(cost * 0.000000000001m),
            ["episode_id"] = episode == 0 ? null : $"0198d0c6-1111-7000-8000-{episode:x12}",
            ["podcast_id"] = podcast == 0 ? null : $"0198d0c6-2222-7000-8000-{podcast:x12}",
            ["timestamp"] = new DateTime(2025, 1, 20, 0, 30, 0, DateTimeKind.Utc)
                .AddHours(hours)
                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        };

    [Theory, InlineData(Engine.Sqlite, 12), InlineData(Engine.Postgres, 12)]
    public async Task Any_split_order_and_interleaving_keeps_the_sums_equal_at_every_level(Engine engine, int rounds)
    {
        var samples = new List<(JsonObject[] Events, int Size, int[] Moves)>();
        Gen.Select(Events.Array[1, 120], Gen.Int[1, 50], Gen.Int[1, 3].Array[5])
            .Sample((events, size, moves) => samples.Add((events, size, moves)), iter: rounds, threads: 1);
        foreach (var (events, size, moves) in samples.Take(rounds))
        {
            await using var app = new PodcastoCostsApp(engine);
            var client = await app.StartAsync();
            var sending = Task.WhenAll(
                events
                    .Chunk(size)
                    .Select(chunk => client.PostAsync("/api/v1/events", new JsonArray([.. chunk.Select(item => item.DeepClone())]).ToJsonString()))
            );
            // Episodes learn of their podcasts, and change them, while their events arrive.
            for (var move = 0; move < moves.Length * 2; move++)
            {
                var entry = $"{{\"podcast_id\":\"0198d0c6-2222-7000-8000-{moves[move % 5] + move / 5:x12}\",\"title\":\"t\"}}";
                Assert.Equal(200, (await client.PutAsync($"/api/v1/episodes/0198d0c6-1111-7000-8000-{move % 5 + 1:x12}", entry)).Status);
            }

            var answers = await sending;
            Assert.All(answers, answer => Assert.Equal(200, answer.Status));
            Assert.Empty(await app.VerifyAsync());
            var total = answers.Sum(answer => Decimal(answer.Body!["total_cost_usd"]));
            await AssertLevelsAsync(client, total);
        }
    }

    private static async Task AssertLevelsAsync(HttpClient client, decimal total)
    {
        var days = (await client.GetJsonAsync("/api/v1/daily?limit=1000"))["items"]!.AsArray();
        var months = (await client.GetJsonAsync("/api/v1/monthly?limit=1000"))["items"]!.AsArray();
        var events = (await client.GetJsonAsync("/api/v1/events?limit=1000"))["items"]!.AsArray();
        var episodes = (await client.GetJsonAsync("/api/v1/episodes?limit=1000"))["items"]!.AsArray();
        Assert.Equal(total, Sum(days, "total_cost_usd"));
        Assert.Equal(total, Sum(months, "total_cost_usd"));
        Assert.Equal(total, Sum(events, "total_cost_usd"));
        Assert.Equal(Sum(events.Where(item => item!["episode_id"] is not null), "total_cost_usd"), Sum(episodes, "total_cost_usd"));
        foreach (var day in days)
            Assert.Equal(
                Decimal(day!["total_cost_usd"]),
                Sum([day], "ai_cost_usd", "lambda_cost_usd", "storage_cost_usd", "email_cost_usd", "other_cost_usd")
            );
        foreach (var group in new[] { "service", "category", "podcast_id", "episode_id", "podcast_id,episode_id,service" })
        {
            foreach (var granularity in new[] { "day", "month", "total" })
                Assert.Equal(
                    total,
                    Sum(
                        (await client.GetJsonAsync($"/api/v1/costs?limit=1000&group_by={group}&granularity={granularity}"))["items"]!.AsArray(),
                        "total_cost_usd"
                    )
                );
        }
    }

    private static decimal Sum(IEnumerable<JsonNode?> items, params string[] names) => items.Sum(item => names.Sum(name => Decimal(item![name])));

    private static decimal Decimal(JsonNode? node) => decimal.Parse((string)node!, CultureInfo.InvariantCulture);
}
