using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Podcasto.Costs.Tests.Cli;

/// <summary>Stands where the server would, takes some requests, and answers the others with a status and <c>Retry-After: 1</c>, or never. Lines that say "bad" are rejected.</summary>
internal sealed class BusyServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;
    private int _taken;

    private BusyServer(WebApplication app) => _app = app;

    public ConcurrentQueue<long> Instants { get; } = [];

    /// <summary>Lines that were taken.</summary>
    public int Taken => _taken;

    /// <summary>Of the bodies of all requests.</summary>
    public ConcurrentQueue<string> Encodings { get; } = [];

    /// <summary>So many requests are taken first.</summary>
    public int Good { get; set; }

    /// <summary>What the next ones get; 0 for no answer at all.</summary>
    public int Status { get; private init; }

    /// <summary>After so many more, all are taken again.</summary>
    public int Bad { get; private init; }

    public (string, string)[] Settings => [("PODCASTO_COSTS_SERVER", _app.Urls.First()), ("PODCASTO_COSTS_KEY", "a-key")];

    public static async Task<BusyServer> StartAsync(int good, int status, int bad = int.MaxValue)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new BusyServer(builder.Build())
        {
            Good = good,
            Status = status,
            Bad = bad,
        };
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync();
        return server;
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
        Instants.Enqueue(Stopwatch.GetTimestamp());
        var encoding = context.Request.Headers.ContentEncoding.ToString();
        Encodings.Enqueue(encoding);
        await using var body = encoding == "gzip" ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body;
        using var reader = new StreamReader(body);
        var lines = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (number > Good && number - Good <= Bad)
        {
            if (Status == 0)
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            context.Response.StatusCode = Status;
            context.Response.Headers.RetryAfter = "1";
            return;
        }

        var errors = lines.Index().Where(line => line.Item.Contains("bad", StringComparison.Ordinal)).ToList();
        var taken = lines.Length - errors.Count;
        Interlocked.Add(ref _taken, taken);
        var named = string.Join(',', errors.Select(line => $$"""{"line":{{line.Index + 1}},"message":"is bad"}"""));
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(
            context.Request.Method == "GET"
                ? """{"items":[],"next_cursor":null}"""
                : $$"""{"accepted":{{taken}},"duplicates":0,"unpriced":0,"total_cost_usd":"0","rejected":{{errors.Count}},"errors":[{{named}}]}"""
        );
    }
}
