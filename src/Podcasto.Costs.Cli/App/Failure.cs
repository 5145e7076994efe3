using System.Net;
using Podcasto.Costs.Cli.Output;
using Podcasto.Costs.Client;

namespace Podcasto.Costs.Cli.App;

/// <summary>Why a command failed, and what to do.</summary>
internal sealed record Failure(int ExitCode, IReadOnlyList<string> Lines)
{
    private const int ShownErrors = 20;

    /// <summary>What an exception means; null for a defect of this program, which may as well show its stack.</summary>
    public static Failure? Of(Exception exception, Settings? settings, CancellationToken cancellationToken) =>
        exception switch
        {
            CliException foreseen => new(foreseen.ExitCode, [foreseen.Message]),
            OperationCanceledException when cancellationToken.IsCancellationRequested => new(ExitCodes.Interrupted, ["Interrupted."]),
            CostsApiException refused => new(CodeOf(refused.Status), [.. Words(refused), .. Hint(refused.Status, settings)]),
            HttpRequestException or HttpIOException => new(
                ExitCodes.Unreachable,
                [
                    $"{settings?.Server} cannot be reached: {exception.Message}",
                    "Is the server running there? --server or PODCASTO_COSTS_SERVER names another.",
                ]
            ),
            _ when StandardOutput.IsReaderGone(exception) => new(ExitCodes.Ok, []),
            IOException or UnauthorizedAccessException => new(ExitCodes.Failed, [exception.Message]),
            _ => null,
        };

    public void WriteTo(TextWriter writer)
    {
        foreach (var line in Lines)
            writer.WriteLine(SafeText.Of(line));
    }

    private static int CodeOf(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ExitCodes.NotAllowed,
            HttpStatusCode.NotFound => ExitCodes.NotFound,
            HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
                ExitCodes.Unreachable,
            _ => ExitCodes.Failed,
        };

    // The message tells each error too, one after another; a line each is easier to read.
    private static IEnumerable<string> Words(CostsApiException refused)
    {
        var errors = refused.Errors.SelectMany(error => error.Value.Select(message => $"{error.Key} {message}")).ToList();
        var told = string.Join(' ', errors);
        var isTold = errors.Count > 0 && refused.Message.EndsWith(told, StringComparison.Ordinal);
        yield return isTold ? $"The server refuses it ({(int)refused.Status}):" : refused.Message;
        foreach (var error in errors.Take(ShownErrors))
            yield return $"  {error}";
        if (errors.Count > ShownErrors)
            yield return $"  and {errors.Count - ShownErrors} more";
    }

    private static IEnumerable<string> Hint(HttpStatusCode status, Settings? settings) =>
        status switch
        {
            HttpStatusCode.Unauthorized =>
            [
                $"The key comes from {settings?.KeySource}: is it one of {settings?.Server}, and not revoked or expired?",
            ],
            HttpStatusCode.Forbidden => [$"The key of {settings?.KeySource} lacks the scope that this needs."],
            _ => [],
        };
}
