using Microsoft.AspNetCore.Authentication;

namespace Podcasto.Costs.Server.Hosting.Auth;

/// <summary>Asks for a key before fault is found with what was sent: the framework looks at content types first, as it looks for a route.</summary>
internal sealed class KeysFirst(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        // Handlers of ours, which refuse content types too, only ever see those who have a key.
        if (
            context.Response is { StatusCode: StatusCodes.Status415UnsupportedMediaType, HasStarted: false }
            && context.User.Identity is not { IsAuthenticated: true }
        )
            await context.ChallengeAsync();
    }
}
