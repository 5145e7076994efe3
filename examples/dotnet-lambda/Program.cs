using Microsoft.Extensions.DependencyInjection;
using Podcasto.Costs.Client;
using Podcasto.Costs.Examples.Lambda;

// A custom runtime: it takes one invocation after another from Lambda. PODCASTO_COSTS_SERVER and PODCASTO_COSTS_KEY say where costs go;
// Lambda's own variables say what the function is.
var services = new ServiceCollection();
services.AddPodcastoCosts();
await using var provider = services.BuildServiceProvider();
var tracker = provider.GetRequiredService<ICostTracker>();
using var runtime = new RuntimeApi(
    Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API") ?? throw new InvalidOperationException("Not in Lambda.")
);
while (true)
{
    var invocation = await runtime.NextAsync();
    try
    {
        // The answer goes out inside of the run: it is flushed after that, while the caller has its answer already, and before the next
        // invocation is asked for, which is when Lambda freezes the process.
        await CostTracking.RunLambdaAsync(
            tracker,
            async run =>
            {
                var answer = await Handler.HandleAsync(invocation.Payload, run, tracker);
                await runtime.RespondAsync(invocation, answer);
                return true;
            }
        );
    }
    catch (Exception exception)
    {
        await runtime.FailAsync(invocation, exception);
    }
}
