using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Podcasto.Costs.Tests.Support;

/// <summary>As much of S3's protocol as an archive needs, over real HTTP: objects by path, whole or in parts, and faults on demand.</summary>
internal sealed class FakeBucket : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, byte[]> _parts = new();

    private FakeBucket(WebApplication app) => _app = app;

    /// <summary>Objects by bucket and key.</summary>
    public ConcurrentDictionary<string, byte[]> Objects { get; } = new();

    /// <summary>Requests by method, in the order of their arrival.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Answers a request in the bucket's place; null leaves it to the bucket.</summary>
    public Func<HttpContext, Task>? Fault { get; set; }

    public string Url => _app.Urls.Single();

    public static async Task<FakeBucket> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var bucket = new FakeBucket(builder.Build());
        bucket._app.Run(bucket.AnswerAsync);
        await bucket._app.StartAsync();
        return bucket;
    }

    /// <summary>An error as S3 says it.</summary>
    public static async Task RefuseAsync(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        await context.Response.WriteAsync($"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>{code} it is.</Message></Error>");
    }

    public Task StopAsync() => _app.StopAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var (request, key) = (context.Request, context.Request.Path.Value!.TrimStart('/'));
        Requests.Enqueue(request.Method);
        if (Fault is { } fault)
        {
            await fault(context);
            if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
                return;
        }

        if (!request.Headers.Authorization.ToString().StartsWith("AWS4-HMAC-SHA256", StringComparison.Ordinal))
            await RefuseAsync(context, 403, "AccessDenied");
        else if (HttpMethods.IsPut(request.Method))
            await PutAsync(context, key);
        else if (HttpMethods.IsPost(request.Method))
            await PostAsync(context, key);
        else if (HttpMethods.IsDelete(request.Method))
            Delete(context, key);
        else if (Objects.TryGetValue(key, out var content))
            await GiveAsync(context, content);
        else
            await RefuseAsync(context, 404, "NoSuchKey");
    }

    private async Task PutAsync(HttpContext context, string key)
    {
        var content = await ReadAsync(context.Request);
        if (context.Request.Query.TryGetValue("partNumber", out var part))
            _parts[$"{context.Request.Query["uploadId"]} {int.Parse(part!, CultureInfo.InvariantCulture):d6}"] = content;
        else
            Objects[key] = content;
        context.Response.Headers.ETag = $"\"{Guid.NewGuid():N}\"";
    }

    private async Task PostAsync(HttpContext context, string key)
    {
        context.Response.ContentType = "application/xml";
        if (context.Request.Query.ContainsKey("uploads"))
        {
            await context.Response.WriteAsync(
                $"<InitiateMultipartUploadResult><Key>{key}</Key><UploadId>{Guid.NewGuid():N}</UploadId></InitiateMultipartUploadResult>"
            );
            return;
        }

        var upload = context.Request.Query["uploadId"].ToString();
        var parts = _parts.Keys.Where(part => part.StartsWith(upload, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        Objects[key] = [.. parts.SelectMany(part => _parts[part])];
        await context.Response.WriteAsync($"<CompleteMultipartUploadResult><Key>{key}</Key><ETag>\"whole\"</ETag></CompleteMultipartUploadResult>");
    }

    private static async Task GiveAsync(HttpContext context, byte[] content)
    {
        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content);
    }

    private void Delete(HttpContext context, string key)
    {
        Objects.TryRemove(key, out _);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    // The client signs uploads chunk by chunk: "size;signature", the bytes, and so on, up to a chunk of none.
    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        using var memory = new MemoryStream();
        await request.Body.CopyToAsync(memory);
        var body = memory.ToArray();
        if (!request.Headers.ContainsKey("x-amz-decoded-content-length"))
            return body;
        using var content = new MemoryStream();
        for (var at = 0; ; )
        {
            var end = Array.IndexOf(body, (byte)'\n', at);
            var head = System.Text.Encoding.ASCII.GetString(body, at, end - at).Split(';')[0].Trim();
            var size = int.Parse(head, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
                return content.ToArray();
            content.Write(body, end + 1, size);
            at = end + 1 + size + 2;
        }
    }
}
