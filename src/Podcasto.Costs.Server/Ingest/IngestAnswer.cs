using Microsoft.AspNetCore.Http.HttpResults;
using Podcasto.Costs.Client.Events;

namespace Podcasto.Costs.Server.Ingest;

/// <summary>What a body of events is answered with: a receipt, or what stands in its way.</summary>
internal readonly record struct IngestAnswer(IngestReceipt? Receipt, ProblemHttpResult? Problem)
{
    public static implicit operator IngestAnswer(IngestReceipt receipt) => new(receipt, null);

    public static implicit operator IngestAnswer(ProblemHttpResult problem) => new(null, problem);

    public Task WriteAsync(HttpContext context)
    {
        if (Receipt is not null)
            return ReceiptWriter.WriteAsync(context, Receipt);
        if (Problem!.StatusCode == StatusCodes.Status429TooManyRequests)
            context.Response.Headers.RetryAfter = "1";
        return Problem.ExecuteAsync(context);
    }
}
