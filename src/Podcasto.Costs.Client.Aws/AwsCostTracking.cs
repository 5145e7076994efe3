using Amazon.Runtime.Internal;

namespace Podcasto.Costs.Client.Aws;

/// <summary>Tracks what the AWS SDK's clients do.</summary>
public static class AwsCostTracking
{
    /// <summary>
    /// Tracks every request that clients of S3, SQS and SES send which are made from here on, anywhere in the process: one event a request,
    /// each attempt of a retry and each part of a multipart upload included. A client's own work is never disturbed.
    /// </summary>
    /// <param name="tracker">Takes the events.</param>
    /// <returns>Ends it when disposed of, for clients made after that; not needed where the process ends anyway.</returns>
    public static IDisposable Register(ICostTracker tracker)
    {
        ArgumentNullException.ThrowIfNull(tracker);
        var customizer = new CostPipelineCustomizer(tracker);
        RuntimePipelineCustomizerRegistry.Instance.Register(customizer);
        return new Registration(customizer);
    }

    private sealed class Registration(CostPipelineCustomizer customizer) : IDisposable
    {
        public void Dispose() => RuntimePipelineCustomizerRegistry.Instance.Deregister(customizer);
    }
}
