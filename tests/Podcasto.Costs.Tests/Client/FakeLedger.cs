using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Podcasto.Costs.Tests.Client;

/// <summary>Stands where the server would, on a real socket, and misbehaves as it is told.</summary>
internal sealed class FakeLedger : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;

    private FakeLedger(WebApplication app) => _app = app;

    /// <summary>Every event that it has acknowledged or not, in the order of arrival; a repeat comes again.</summary>
    public ConcurrentQueue<JsonObject> Received { get; } = [];

    /// <summary>What it has acknowledged, by id.</summary>
    public ConcurrentDictionary<Guid, JsonObject> Stored { get; } = [];

    /// <summary>Instants of requests, in ticks of the monotonic clock.</summary>
    public ConcurrentQueue<long> Instants { get; } = [];

    public int Requests => _requests;

    /// <summary>Answers a request, by its number from 1; returns whether it did, else the request is acknowledged.</summary>
    public Func<int, HttpContext, List<JsonObject>, Task<bool>> Misbehaviour { get; set; } = (_, _, _) => Task.FromResult(false);

    public Uri Address => new(_app.Urls.First());

    public static async Task<FakeLedger> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var ledger = new FakeLedger(builder.Build());
        ledger._app.Run(ledger.AnswerAsync);
        await ledger._app.StartAsync();
        return ledger;
    }

    public async Task UntilStoredAsync(int events)
    {
        for (var wait = 0; Stored.Count < events; wait++)
        {
            Assert.True(wait < 1_500, $"{Stored.Count} of {events} events arrived within 30 seconds.");
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(0);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var number = Interlocked.Increment(ref _requests);
        Instants.Enqueue(System.Diagnostics.Stopwatch.GetTimestamp());
        Stream body = context.Request.Body;
        if (context.Request.Headers.ContentEncoding == "gzip")
            body = new GZipStream(body, CompressionMode.Decompress);
        var events = (await JsonNode.ParseAsync(body))!.AsArray().Select(node => node!.AsObject()).ToList();
        foreach (var received in events)
            Received.Enqueue(received);
        if (await Misbehaviour(number, context, events))
            return;
        await AcknowledgeAsync(context, events);
    }

    public async Task AcknowledgeAsync(HttpContext context, IReadOnlyList<JsonObject> events)
    {
        var accepted = events.Count(received => Stored.TryAdd(Guid.Parse((string)received["id"]!), received));
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(
            $$"""{"accepted":{{accepted}},"duplicates":{{events.Count - accepted}},"unpriced":0,"total_cost_usd":"0"}"""
        );
    }
}
