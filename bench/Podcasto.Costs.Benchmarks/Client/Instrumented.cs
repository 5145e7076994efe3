using System.Runtime.CompilerServices;
using Amazon;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.AI;
using Podcasto.Costs.Client;
using Podcasto.Costs.Client.AI;
using Podcasto.Costs.Client.Aws;
using Podcasto.Costs.Client.Lambda;
using Podcasto.Costs.Client.Models;

namespace Podcasto.Costs.Benchmarks.Client;

/// <summary>Calls with and without their instrumentation; behind them is as little as can be.</summary>
internal static class Instrumented
{
    private const string Gemini =
        """{"candidates":[{"content":{"parts":[{"text":"Good morning."}]}}],"usageMetadata":{"promptTokenCount":812,"candidatesTokenCount":2410},"modelVersion":"gemini-2.5-flash"}""";

    public static IEnumerable<(string Name, Action Call)> Calls(ICostTracker tracker)
    {
        var model = new Model();
        List<ChatMessage> messages = [new(ChatRole.User, "Hello")];
        var tracked = model.AsBuilder().UseCostTracking(tracker).Build();
        yield return ("chat client, plain", () => model.GetResponseAsync(messages).GetAwaiter().GetResult());
        yield return ("chat client, tracked", () => tracked.GetResponseAsync(messages).GetAwaiter().GetResult());
        yield return ("AWS SDK, plain", Sqs());
        using (AwsCostTracking.Register(tracker))
            yield return ("AWS SDK, tracked", Sqs());
        var function = new LambdaCostOptions
        {
            FunctionName = "tell",
            MemoryMb = 512,
            FlushTimeout = TimeSpan.Zero,
        };
        var idle = new Discarding();
        yield return (
            "Lambda run, without its flush",
            () => CostTracking.RunLambdaAsync(idle, _ => Task.FromResult(1), function).GetAwaiter().GetResult()
        );
        yield return ("TrackGemini", () => tracker.TrackGemini(Gemini));
    }

    private static Action Sqs()
    {
        var config = new AmazonSQSConfig { RegionEndpoint = RegionEndpoint.EUWest1, HttpClientFactory = new Wire() };
        var sqs = new AmazonSQSClient(new BasicAWSCredentials("AKID", "SECRET"), config);
        var request = new DeleteMessageRequest("https://sqs.eu-west-1.amazonaws.com/1/queue", "r");
        return () => sqs.DeleteMessageAsync(request).GetAwaiter().GetResult();
    }

    private sealed class Wire : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Answering());

        private sealed class Answering : HttpMessageHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
                Task.FromResult(new HttpResponseMessage { Content = new ByteArrayContent("{}"u8.ToArray()), RequestMessage = request });
        }
    }

    private sealed class Discarding : ICostTracker
    {
        public TrackerCounts Counts => default;

        public void Track(Podcasto.Costs.Client.Events.NewEvent costEvent) { }

        public Task<bool> FlushAsync(CancellationToken cancellationToken = default) => Task.FromResult(true);
    }

    private sealed class Model : IChatClient
    {
        private readonly ChatClientMetadata _metadata = new("gcp.gemini", null, "gemini-2.5-flash");
        private readonly ChatResponse _response = new(new ChatMessage(ChatRole.Assistant, "Good morning."))
        {
            ModelId = "gemini-2.5-flash",
            Usage = new UsageDetails { InputTokenCount = 800, OutputTokenCount = 250 },
        };

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            CancellationToken cancellationToken = default
        ) => Task.FromResult(_response);

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default
        )
        {
            await Task.CompletedTask;
            yield break;
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ChatClientMetadata) ? _metadata : null;

        public void Dispose() { }
    }
}
