using Podcasto.Costs.Server.Dashboard;
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

    public async Task InvokeAsync(HttpContext context)
    {
        // A page that is half rendered cannot start over in the same request.
        var attempts = HttpMethods.IsGet(context.Request.Method) && !context.IsPage() ? MaxAttempts : 1;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await next(context);
                return;
            }
            catch (Exception exception) when (attempt < attempts && !context.Response.HasStarted && MayPass(exception)) { }
        }
    }

    private bool MayPass(Exception exception) => exception is OutOfReachException { HasMoved: true } || database.IsTransient(exception);
}
