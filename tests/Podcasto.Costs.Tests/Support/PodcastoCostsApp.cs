using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Jobs;
using Podcasto.Costs.Server.Rollups.Audit;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Tests.Support;

/// <summary>The real application on a database of its own, without the start-up price list unless asked for.</summary>
internal sealed class PodcastoCostsApp : WebApplicationFactory<Program>
{
    public const string AdminKey = "an-admin-key-for-the-tests";

    private readonly TestDatabase _database;
    private readonly bool _ownsDatabase;
    private readonly Dictionary<string, string> _settings;

    public PodcastoCostsApp(Engine engine, params (string Name, string Value)[] settings)
        : this(new TestDatabase(engine), settings) => _ownsDatabase = true;

    public PodcastoCostsApp(TestDatabase database, params (string Name, string Value)[] settings)
    {
        _database = database;
        _settings = new Dictionary<string, string>
        {
            ["Database:Provider"] = database.Engine.ToString(),
            ["Database:ConnectionString"] = database.ConnectionString,
            ["Pricing:Seed"] = "false",
            ["Auth:AdminKey"] = AdminKey,
            ["Schedule:Enabled"] = "false",
        };
        foreach (var (name, value) in settings)
            _settings[name] = value;
    }

    /// <summary>The application's clock; the system's unless set.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Starts the application and waits until it is ready.</summary>
    public async Task<HttpClient> StartAsync()
    {
        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
        var readiness = Services.GetRequiredService<Readiness>();
        for (var wait = 0; !readiness.IsReady; wait++)
        {
            Assert.True(wait < 600, "The application did not become ready within a minute.");
            await Task.Delay(100);
        }

        return client;
    }

    /// <summary>The differences between rollups and events; there must never be any.</summary>
    public async Task<List<Difference>> VerifyAsync()
    {
        var found = new List<Difference>();
        await Services
            .GetRequiredService<AuditRun>()
            .RunAsync(AuditScope.Everything, false, found.Add, new Progress<JobProgress>(), CancellationToken.None);
        return found;
    }

    /// <summary>Meddles with the database, as nobody should.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var transaction = await Services.GetRequiredService<Database>().BeginAsync(LedgerAccess.Exclusive, CancellationToken.None);
        await using var command = transaction.Connection.CreateCommand();
        command.Transaction = transaction.Transaction;
        command.CommandText = sql;
        Assert.True(await command.ExecuteNonQueryAsync() > 0, sql);
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>Reads one value of the database.</summary>
    public async Task<T> ReadAsync<T>(string sql)
    {
        await using var connection = await Services.GetRequiredService<Database>().OpenAsync(CancellationToken.None);
        return (await Dapper.SqlMapper.ExecuteScalarAsync<T>(connection, sql))!;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in _settings)
            builder.UseSetting(name, value);
        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureTestServices(services => services.AddSingleton(Clock));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_ownsDatabase)
            _database.Dispose();
    }
}

internal static class Http
{
    public static StringContent Json(string text, string type = "application/json") => new(text, Encoding.UTF8, type);

    public static async Task<JsonNode> GetJsonAsync(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    public static async Task<(int Status, JsonNode? Body)> SendJsonAsync(
        this HttpClient client,
        HttpMethod method,
        string path,
        string body,
        string type = "application/json"
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = Json(body, type) };
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public static Task<(int Status, JsonNode? Body)> PostAsync(this HttpClient client, string path, string body, string type = "application/json") =>
        client.SendJsonAsync(HttpMethod.Post, path, body, type);

    public static Task<(int Status, JsonNode? Body)> PutAsync(this HttpClient client, string path, string body) =>
        client.SendJsonAsync(HttpMethod.Put, path, body);
}
