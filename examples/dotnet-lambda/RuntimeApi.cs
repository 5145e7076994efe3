using System.Text;
using System.Text.Json.Nodes;

namespace Podcasto.Costs.Examples.Lambda;

/// <summary>One call of the function.</summary>
internal sealed record Invocation(string RequestId, string Payload);

/// <summary>Lambda's Runtime API, with nothing but an HTTP client.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html</remarks>
internal sealed class RuntimeApi(string host) : IDisposable
{
    // The next invocation may be hours away: the process is frozen meanwhile.
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://{host}/2018-06-01/runtime/"), Timeout = Timeout.InfiniteTimeSpan };

    public async Task<Invocation> NextAsync()
    {
        using var response = await _http.GetAsync(new Uri("invocation/next", UriKind.Relative));
        response.EnsureSuccessStatusCode();
        var id = response.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single();
        return new Invocation(id, await response.Content.ReadAsStringAsync());
    }

    public Task RespondAsync(Invocation invocation, string answer) => PostAsync($"invocation/{invocation.RequestId}/response", answer);

    public Task FailAsync(Invocation invocation, Exception exception)
    {
        var error = new JsonObject { ["errorType"] = exception.GetType().Name, ["errorMessage"] = exception.Message };
        return PostAsync($"invocation/{invocation.RequestId}/error", error.ToJsonString());
    }

    public void Dispose() => _http.Dispose();

    private async Task PostAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
    }
}
