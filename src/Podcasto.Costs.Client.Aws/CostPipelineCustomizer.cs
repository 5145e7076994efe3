using Amazon.Runtime.Internal;

namespace Podcasto.Costs.Client.Aws;

/// <summary>Puts the handler into the pipeline of each client.</summary>
internal sealed class CostPipelineCustomizer(ICostTracker tracker) : IRuntimePipelineCustomizer
{
    public string UniqueName { get; } = $"Podcasto.Costs.{Guid.NewGuid()}";

    public void Customize(Type type, RuntimePipeline pipeline)
    {
        try
        {
            // Right outside of what reads answers: inside of retries, so that each attempt is seen, and inside of signing, so that only what is
            // really sent is.
            pipeline.AddHandlerBefore<Unmarshaller>(new CostPipelineHandler(tracker));
        }
        catch (InvalidOperationException)
        {
            // A pipeline of another make; its client works on, untracked.
        }
    }
}
