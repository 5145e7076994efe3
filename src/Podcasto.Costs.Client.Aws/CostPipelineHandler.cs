using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Podcasto.Costs.Client.Aws;

/// <summary>Sees each request that a client really sends, with what came of it.</summary>
internal sealed class CostPipelineHandler(ICostTracker tracker) : PipelineHandler
{
    public override void InvokeSync(IExecutionContext executionContext)
    {
        Exception? failure = null;
        try
        {
            base.InvokeSync(executionContext);
        }
        catch (Exception exception)
        {
            failure = exception;
            throw;
        }
        finally
        {
            Track(executionContext, failure);
        }
    }

    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        Exception? failure = null;
        try
        {
            return await base.InvokeAsync<T>(executionContext);
        }
        catch (Exception exception)
        {
            failure = exception;
            throw;
        }
        finally
        {
            Track(executionContext, failure);
        }
    }

    private void Track(IExecutionContext context, Exception? failure)
    {
        try
        {
            var call = new AwsCall(context, failure);
            var costEvent = context.RequestContext.ServiceMetaData?.ServiceId switch
            {
                "S3" => S3Costs.EventOf(call),
                "SQS" => SqsCosts.EventOf(call),
                "SES" or "SESv2" => SesCosts.EventOf(call),
                _ => null,
            };
            if (costEvent is not null)
                tracker.Track(costEvent);
        }
        catch (Exception)
        {
            // Whatever cannot be told about the request, the request itself is none of our business.
        }
    }
}
