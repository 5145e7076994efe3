using System.Globalization;
using System.Text.Json.Nodes;

namespace Podcasto.Costs.Tests.Support;

/// <summary>
/// A server with the acceptance data (days of 2025, hostile titles), the events of an episode of today, and one of a title without a space
/// that costs millions, for tests that only look.
/// </summary>
public sealed class DashboardServer : IAsyncLifetime
{
    public const string Podcast = "0198d0c6-0000-7000-8000-0000000000aa";
    public const string Episode = "0198d0c6-0000-7000-8000-0000000000ab";
    public const string LongPodcast = "0198d0c6-0000-7000-8000-0000000000ba";
    public const string LongEpisode = "0198d0c6-0000-7000-8000-0000000000bb";
    public const string Event = "0198d0c6-0000-7000-8000-0000000000ac";

    // No line of any page is this long, and nothing in it can be parted.
    private static readonly string LongTitle = new('W', 200);

    private TestDatabase? _database;
    private ServerProcess? _server;

    public Uri Address => _server!.Client.BaseAddress!;

    /// <summary>With the admin key.</summary>
    public HttpClient Client => _server!.Client;

    /// <summary>A key that may read.</summary>
    public string ViewerKey { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _database = new TestDatabase(Engine.Sqlite);
        _server = await ServerProcess.StartAsync(_database);
        await AcceptanceBooks.LoadAsync(Client);
        await AddTodayAsync();
        await AddTheLongAndDearAsync();
        ViewerKey = await MakeKeyAsync("read");
    }

    /// <summary>A new key of a scope.</summary>
    public async Task<string> MakeKeyAsync(string scope)
    {
        var (status, key) = await Client.PostAsync("/api/v1/keys", $$"""{"name":"a {{scope}} key","scopes":["{{scope}}"]}""");
        Assert.Equal(201, status);
        return (string)key!["key"]!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _database?.Dispose();
    }

    private async Task AddTodayAsync()
    {
        var catalog =
            $$"""{"podcasts":[{"id":"{{Podcast}}","title":"Morning <i>News</i>"}],"episodes":[{"id":"{{Episode}}","podcast_id":"{{Podcast}}","title":"Today's \"big\" one","duration_seconds":600}]}""";
        Assert.Equal(200, (await Client.PutAsync("/api/v1/catalog", catalog)).Status);
        var events = new JsonArray(
            Make(Event, "gemini_tts", "ai_api_call", "8040", "tokens", "0.00001", """{"model":"gemini-2.5-flash-tts","region":"us-east-1"}"""),
            Make(null, "lambda_audio", "lambda_execution", "602.934", "gb_seconds", "0.0000166667", """{"duration_seconds":200.978}"""),
            Make(null, "s3_put", "s3_operation", "75", "requests", "0.000005", """{"file_size_mb":17.867}"""),
            Make(null, "mystery_service", "other", "3", "units", null, "{}")
        );
        Assert.Equal(200, (await Client.PostAsync("/api/v1/events", events.ToJsonString())).Status);
    }

    private async Task AddTheLongAndDearAsync()
    {
        var catalog =
            $$"""{"podcasts":[{"id":"{{LongPodcast}}","title":"{{LongTitle}}"}],"episodes":[{"id":"{{LongEpisode}}","podcast_id":"{{LongPodcast}}","title":"{{LongTitle}}"}]}""";
        Assert.Equal(200, (await Client.PutAsync("/api/v1/catalog", catalog)).Status);
        var made = Make(null, "a_service_with_quite_a_long_name_that_goes_on", "ai_api_call", "23456789.123456", "units", "1", """{"model":"m"}""");
        made["episode_id"] = LongEpisode;
        made["timestamp"] = "2025-09-15T12:00:00Z";
        Assert.Equal(200, (await Client.PostAsync("/api/v1/events", made.ToJsonString())).Status);
    }

    private static JsonObject Make(string? id, string service, string type, string quantity, string unit, string? unitCost, string metadata)
    {
        var made = new JsonObject
        {
            ["event_type"] = type,
            ["service"] = service,
            ["quantity"] = quantity,
            ["unit"] = unit,
            ["episode_id"] = Episode,
            ["metadata"] = JsonNode.Parse(metadata),
            ["timestamp"] = TimeProvider.System.GetUtcNow().AddMinutes(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        };
        if (id is not null)
            made["id"] = id;
        if (unitCost is not null)
            made["unit_cost_usd"] = unitCost;
        return made;
    }
}
