using System.Net.Http.Headers;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Keys;

public sealed class KeyTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_key_opens_what_its_scopes_say_until_it_is_revoked(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var admin = await app.StartAsync();
        var (status, made) = await admin.PostAsync("/api/v1/keys", "{\"name\":\"pipeline\",\"scopes\":[\"ingest\"]}");
        Assert.Equal(201, status);

        var pipeline = app.CreateClient();
        Assert.Equal(401, (int)(await pipeline.GetAsync("/api/v1/daily")).StatusCode);
        pipeline.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)made!["key"]);
        Assert.Equal(200, (await pipeline.PostAsync("/api/v1/events", "[]")).Status);
        Assert.Equal(403, (int)(await pipeline.GetAsync("/api/v1/daily")).StatusCode);
        Assert.Equal(403, (await pipeline.PostAsync("/api/v1/pricing", "{}")).Status);

        var listed = (await admin.GetJsonAsync("/api/v1/keys"))["items"]!.ToJsonString();
        Assert.DoesNotContain((string)made["key"]!, listed, StringComparison.Ordinal);
        Assert.Equal(204, (int)(await admin.DeleteAsync($"/api/v1/keys/{made["id"]}")).StatusCode);
        Assert.Equal(401, (await pipeline.PostAsync("/api/v1/events", "[]")).Status);
        Assert.Equal(404, (int)(await admin.DeleteAsync("/api/v1/keys/58209fd1-2839-4840-bb72-2f918d490850")).StatusCode);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"name\":\"x\",\"scopes\":[]}")]
    [InlineData("{\"name\":\"x\",\"scopes\":[\"root\"]}")]
    [InlineData("{\"name\":\"x\",\"scopes\":[\"read\"],\"expires_at\":\"2020-01-01T00:00:00Z\"}")]
    public async Task A_key_without_sense_is_refused(string body)
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        Assert.Equal(400, (await (await app.StartAsync()).PostAsync("/api/v1/keys", body)).Status);
    }
}
