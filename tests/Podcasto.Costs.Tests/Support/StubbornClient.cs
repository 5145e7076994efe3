using System.Collections.Concurrent;
using System.Text;

namespace Podcasto.Costs.Tests.Support;

/// <summary>Sends events with ids that it remembers, and repeats whatever was not acknowledged, as docs/integrate.md asks of every client.</summary>
/// <param name="server">Where to send, at this moment.</param>
/// <param name="seed">Makes its ids its own.</param>
/// <param name="pause">How long it rests after each request.</param>
internal sealed class StubbornClient(Func<HttpClient> server, int seed, TimeSpan pause = default)
{
    private static readonly string[] Services = ["acme", "gemini_text", "lambda_audio", "s3_put", "ses"];

    private readonly Random _random = new(seed);
    private readonly List<(string Body, bool IsStream)> _again = [];
    private long _next;

    /// <summary>Ids that a 200 was given for.</summary>
    public ConcurrentBag<Guid> Acknowledged { get; } = [];

    /// <summary>Statuses that a client must never see.</summary>
    public ConcurrentBag<string> Unexpected { get; } = [];

    /// <summary>Sends one request after another until it is told to stop, then until the last one is acknowledged.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var ids = Enumerable
                .Range(
                    0,
                    _random.Next(4) switch
                    {
                        0 => 1,
                        1 => 20,
                        2 => 100,
                        _ => 400,
                    }
                )
                .Select(_ => NewId())
                .ToList();
            var ndjson = _random.Next(3) == 0;
            var body = string.Join(ndjson ? "\n" : ",", ids.Select(Event));
            await SendUntilAcknowledgedAsync(ndjson ? body : $"[{body}]", ndjson ? "application/x-ndjson" : "application/json");
            foreach (var id in ids)
                Acknowledged.Add(id);
            // Once more, some time later, although it was acknowledged: it must not count again.
            if (_random.Next(4) == 0)
                _again.Add((ndjson ? body : $"[{body}]", ndjson));
            if (_again.Count > 0 && _random.Next(4) == 0)
            {
                var (again, asStream) = _again[_random.Next(_again.Count)];
                await SendUntilAcknowledgedAsync(again, asStream ? "application/x-ndjson" : "application/json");
            }

            await Task.Delay(pause, CancellationToken.None);
        }
    }

    private async Task SendUntilAcknowledgedAsync(string body, string type)
    {
        for (var attempt = 0; attempt < 2_000; attempt++)
        {
            try
            {
                using var content = new StringContent(body, Encoding.UTF8, type);
                using var response = await server().PostAsync("/api/v1/events", content);
                if ((int)response.StatusCode == 200)
                {
                    await ReadAsync(response);
                    return;
                }

                if ((int)response.StatusCode is not (503 or 429))
                    Unexpected.Add($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException or ObjectDisposedException)
            {
                // Killed in the middle: nobody knows whether it was stored.
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("The server did not come back.");
    }

    private async Task ReadAsync(HttpResponseMessage response)
    {
        var answer = await response.Content.ReadAsStringAsync();
        if (answer.Contains("\"rejected\":", StringComparison.Ordinal) && !answer.Contains("\"rejected\":0", StringComparison.Ordinal))
            Unexpected.Add(answer);
    }

    private Guid NewId() => new(seed, (short)(_next >> 16 & 0x7fff), (short)(_next & 0x7fff), BitConverter.GetBytes(++_next));

    private string Event(Guid id)
    {
        var episode = new Guid(0x0e, 0, 0, BitConverter.GetBytes((long)_random.Next(40)));
        var minutes = _random.Next(60 * 24 * 40);
        var at = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(minutes);
        return $$"""{"id":"{{id}}","event_type":"other","service":"{{Services[_random.Next(Services.Length)]}}","quantity":"{{_random.Next(1, 1000)}}.25","unit":"units","unit_cost_usd":"0.000{{_random.Next(1, 999)}}","episode_id":"{{episode}}","timestamp":"{{at:yyyy-MM-ddTHH:mm:ssZ}}"}""";
    }
}
