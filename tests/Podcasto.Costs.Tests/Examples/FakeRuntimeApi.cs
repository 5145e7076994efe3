using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Podcasto.Costs.Tests.Examples;

/// <summary>Lambda's Runtime API for one function at a time.</summary>
internal sealed class FakeRuntimeApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<string> _invocations = Channel.CreateUnbounded<string>();
    private readonly Channel<string> _answers = Channel.CreateUnbounded<string>();
    private int _waiting;

    private FakeRuntimeApi(WebApplication app) => _app = app;

    public string Host => new Uri(_app.Urls.First()).Authority;

    public static async Task<FakeRuntimeApi> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var api = new FakeRuntimeApi(builder.Build());
        api._app.MapGet("/2018-06-01/runtime/invocation/next", api.NextAsync);
        api._app.MapPost("/2018-06-01/runtime/invocation/{id}/response", api.AnswerAsync);
        api._app.MapPost("/2018-06-01/runtime/invocation/{id}/error", api.AnswerAsync);
        await api._app.StartAsync();
        return api;
    }

    /// <summary>Calls the function; the answer, or the error.</summary>
    public async Task<string> InvokeAsync(string payload)
    {
        await _invocations.Writer.WriteAsync(payload);
        return await _answers.Reader.ReadAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
    }

    /// <summary>Waits until the function asks for the next invocation, which is when Lambda freezes it.</summary>
    public async Task UntilIdleAsync()
    {
        for (var wait = 0; Volatile.Read(ref _waiting) == 0; wait++)
        {
            Assert.True(wait < 600, "The function did not ask for more within 30 seconds.");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task NextAsync(HttpContext context)
    {
        Interlocked.Increment(ref _waiting);
        var payload = await _invocations.Reader.ReadAsync(context.RequestAborted);
        Interlocked.Decrement(ref _waiting);
        context.Response.Headers["Lambda-Runtime-Aws-Request-Id"] = Guid.NewGuid().ToString();
        await context.Response.WriteAsync(payload);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        await _answers.Writer.WriteAsync(await body.ReadToEndAsync());
        context.Response.StatusCode = 202;
    }
}
