using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Hosting;

/// <summary>
/// Runs a read again where its connection turned out to be dead, which a pool only finds out by use, or where the archive moved what it
/// read: nobody should see an error page for that.
/// </summary>
internal sealed class ReadRetry(RequestDelegate next, Database database)
{
    // A restore beside an archive can move the same month twice under one read.
    private const int MaxAttempts = 4;

    public Task InvokeAsync(HttpContext context) => HttpMethods.IsGet(context.Request.Method) ? ReadAsync(context) : next(context);

    private async Task ReadAsync(HttpContext context)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await next(context);
                return;
            }
            catch (Exception exception) when (attempt < MaxAttempts && !context.Response.HasStarted && MayPass(exception)) { }
        }
    }

    private bool MayPass(Exception exception) => exception is OutOfReachException { HasMoved: true } || database.IsTransient(exception);
}
