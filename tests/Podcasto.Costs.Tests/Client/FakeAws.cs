using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Podcasto.Costs.Tests.Client;

/// <summary>Answers the AWS SDK as S3, SQS or SES would, as far as the tests ask, and keeps what was really asked.</summary>
internal sealed class FakeAws : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeAws(WebApplication app) => _app = app;

    /// <summary>Method and path of every request that arrived.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>So many requests are answered with 503 first.</summary>
    public int Failures { get; set; }

    public string Address => _app.Urls.First();

    public static async Task<FakeAws> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var aws = new FakeAws(builder.Build());
        aws._app.Run(aws.AnswerAsync);
        await aws._app.StartAsync();
        return aws;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        await request.Body.CopyToAsync(Stream.Null);
        Requests.Enqueue($"{request.Method} {request.Path}{request.QueryString} {request.Headers["X-Amz-Target"]}".Trim());
        if (Failures > 0)
        {
            Failures--;
            context.Response.StatusCode = 503;
            return;
        }

        // Not an MD5 hash, which the SDK would check.
        context.Response.Headers.ETag = "\"0123456789abcdef-2\"";
        if (request.Headers["X-Amz-Target"].ToString() is { Length: > 0 } target)
            await AnswerSqsAsync(context.Response, target);
        else
            await AnswerS3Async(context);
    }

    private static async Task AnswerSqsAsync(HttpResponse response, string target)
    {
        response.ContentType = "application/x-amz-json-1.0";
        await response.WriteAsync(
            target.EndsWith("ReceiveMessage", StringComparison.Ordinal)
                ? $$"""{"Messages":[{{Message(new string('b', 70_000))}},{{Message("short")}}]}"""
            : target.EndsWith("SendMessageBatch", StringComparison.Ordinal) ? """{"Successful":[],"Failed":[]}"""
            : "{}"
        );
    }

#pragma warning disable CA5351 // The SDK wants this hash and checks it.
    private static string Message(string body) =>
        $$"""{"MessageId":"1","ReceiptHandle":"r","Body":"{{body}}","MD5OfBody":"{{Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(body)))}}"}""";
#pragma warning restore CA5351

    private static async Task AnswerS3Async(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        response.ContentType = "application/xml";
        if (request.Method == "GET" && request.Query.ContainsKey("list-type"))
            await response.WriteAsync("<ListBucketResult><Name>b</Name><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated></ListBucketResult>");
        else if (request.Method == "GET")
        {
            response.ContentLength = 1_048_576;
            await response.Body.WriteAsync(new byte[1_048_576]);
        }
        else if (request.Method == "POST" && request.Query.ContainsKey("uploads"))
            await response.WriteAsync(
                "<InitiateMultipartUploadResult><Bucket>b</Bucket><Key>k</Key><UploadId>u</UploadId></InitiateMultipartUploadResult>"
            );
        else if (request.Method == "POST" && request.Query.ContainsKey("uploadId"))
            await response.WriteAsync("<CompleteMultipartUploadResult><Bucket>b</Bucket><Key>k</Key><ETag>e</ETag></CompleteMultipartUploadResult>");
        else if (request.Headers.ContainsKey("x-amz-copy-source"))
            await response.WriteAsync("<CopyObjectResult><ETag>e</ETag></CopyObjectResult>");
        else if (request.Method == "DELETE")
            response.StatusCode = 204;
    }
}
