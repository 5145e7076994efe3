using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Parquet;

namespace Podcasto.Costs.Server.Exports;

/// <summary>Rows as a Parquet file. It is whole before its first byte is sent, because its last bytes say where everything lies; afterwards it is gone.</summary>
internal sealed class ParquetAnswer<T>(IAsyncEnumerable<T> rows, IReadOnlyList<ParquetColumn<T>> columns, ExportFile file) : IResult
{
    private const string RetryAfterSeconds = "30";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var turns = httpContext.RequestServices.GetRequiredService<ExportTurns>();
        var turn = turns.TryTake();
        if (turn is null)
        {
            httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
            await Problems.Busy("As many Parquet files are being made as memory allows. Ask again in a while.").ExecuteAsync(httpContext);
            return;
        }

        using (turn)
        using (var folder = turns.OpenFolder())
        {
            var path = folder.File(file.Name);
            await WriteAsync(folder.Location, path, httpContext.RequestAborted);
            // A slow client keeps the file, not the memory.
            turn.Dispose();
            await SendAsync(httpContext, path);
        }
    }

    // The writer blocks while it compresses: on a thread that nobody else waits for.
    private Task WriteAsync(string folder, string path, CancellationToken cancellationToken) =>
        Task.Run(
            async () =>
            {
                using var writer = new ParquetWriter<T>(folder, columns);
                await foreach (var row in rows.WithCancellation(cancellationToken))
                    writer.Add(row);
                writer.Finish(path, cancellationToken);
            },
            cancellationToken
        );

    private async Task SendAsync(HttpContext context, string path)
    {
        file.Describe(context.Response);
        context.Response.ContentType = "application/vnd.apache.parquet";
        context.Response.ContentLength = new FileInfo(path).Length;
        await context.Response.SendFileAsync(path, context.RequestAborted);
    }
}
