using Microsoft.Net.Http.Headers;
using Podcasto.Costs.Core.Rollups;

namespace Podcasto.Costs.Server.Exports;

/// <summary>A file that is sent: what a client should call it, and what belongs to it.</summary>
/// <param name="Kind">What it holds; the start of its name.</param>
/// <param name="Month">Of which month.</param>
/// <param name="IsOpen">Whether the month has not ended, so that it may hold more tomorrow; its name says so.</param>
/// <param name="Extension">The end of its name.</param>
/// <param name="Metadata">The path of what describes it; null where nothing does.</param>
internal sealed record ExportFile(string Kind, Month Month, bool IsOpen, string Extension, string? Metadata)
{
    public string Name => $"podcasto-costs-{Kind}-{Month}{(IsOpen ? "-open" : "")}.{Extension}";

    public void Describe(HttpResponse response)
    {
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = Name }.ToString();
        response.Headers["Podcasto-Costs-Month"] = IsOpen ? "open" : "ended";
        if (Metadata is not null)
            response.Headers.Link = $"<{Metadata}>; rel=\"describedby\"; type=\"application/json\"";
    }
}

/// <summary>A streamed answer with the headers of a file.</summary>
internal sealed class FileAnswer(ExportFile file, IResult content) : IResult
{
    // Where the content fails before it starts, the headers go with it.
    public Task ExecuteAsync(HttpContext httpContext)
    {
        file.Describe(httpContext.Response);
        return content.ExecuteAsync(httpContext);
    }
}
