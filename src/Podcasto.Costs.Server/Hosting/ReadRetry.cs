using Podcasto.Costs.Server.Dashboard;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Hosting;

/// <summary>
/// Runs a read once more where its connection turned out to be dead, which a pool only finds out by use, or where the archive moved what it
/// read: nobody should see an error page for that.
/// </summary>
internal sealed class ReadRetry(RequestDelegate next, Database database)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // A page that is half rendered cannot start over in the same request.
        if (!HttpMethods.IsGet(context.Request.Method) || context.IsPage())
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted && MayPass(exception))
        {
            await next(context);
        }
    }

    private bool MayPass(Exception exception) => exception is OutOfReachException { HasMoved: true } || database.IsTransient(exception);
}
