using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Podcasto.Costs.Server.Dashboard;

/// <summary>
/// Forms that no page of ours sends are refused in words. The framework answers them with a status and nothing else, and lets a NUL through
/// that one of the databases refuses.
/// </summary>
internal sealed class FormGate(RequestDelegate next, IAntiforgery antiforgery)
{
    private static readonly object Key = new();
    private static readonly object Shown = new();

    /// <summary>What was wrong with the form of this request, for the page that says so; null where nothing more is known.</summary>
    public static string? ReasonOf(HttpContext context) => context.Items[Key] as string;

    /// <summary>For a page that shows itself what is wrong with its form: the status is 400, and nothing else takes its place.</summary>
    public static void RefuseInPage(HttpContext context)
    {
        context.Items[Shown] = true;
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
    }

    public async Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            await next(context);
            return;
        }

        context.Items[Key] = await FaultOfAsync(context);
        if (ReasonOf(context) is null && await IsOfOursAsync(context))
            await next(context);
        else
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        if (context.Response is { StatusCode: StatusCodes.Status400BadRequest, HasStarted: false, ContentLength: null } && !IsShown(context))
            LeaveToStatusPage(context);
    }

    // What a page takes was sent by a page of this server, lately, with the name of the form. Other endpoints ask by themselves.
    private async Task<bool> IsOfOursAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is null
        || (context.Request.Form.ContainsKey("_handler") && await antiforgery.IsRequestValidAsync(context));

    private static bool IsShown(HttpContext context) => context.Items.ContainsKey(Shown);

    // The status page is asked for by the same request: as a form it would be refused again.
    private static void LeaveToStatusPage(HttpContext context)
    {
        context.Request.Method = HttpMethods.Get;
        context.Response.ContentType = null;
    }

    private static async Task<string?> FaultOfAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
            return "What was sent is not a form. Go back, reload the page and try again.";
        try
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            var field = form.FirstOrDefault(field => HasNul(field.Key) || field.Value.Any(HasNul)).Key;
            return field is null
                ? null
                : $"The field “{NameOf(field)}” holds a NUL, a character that no text has. Go back, type it anew and try again.";
        }
        // The framework's words for a broken escape, a NUL written as one, or more fields than any form has.
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            return "The form cannot be read: it is broken, too large, or holds a NUL, a character that no text has. Go back, reload the page and try again.";
        }
    }

    private static bool HasNul(string? text) => text?.Contains('\0', StringComparison.Ordinal) == true;

    private static string NameOf(string field) => field.Replace("\0", "", StringComparison.Ordinal)[(field.LastIndexOf('.') + 1)..];
}
