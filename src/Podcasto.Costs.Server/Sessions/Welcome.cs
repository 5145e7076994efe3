using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Podcasto.Costs.Server.Hosting;

namespace Podcasto.Costs.Server.Sessions;

/// <summary>Prints a one-time sign-in link when the server is ready and listens, for whoever started it: not logged, logs are kept.</summary>
internal sealed class Welcome(SignInLinks links, IServer server, Readiness readiness, IHostApplicationLifetime lifetime) : BackgroundService
{
    private volatile string? _keyHash;

    /// <summary>Asks for a link; to be called by a step of the start.</summary>
    /// <param name="keyHash">The hash of the key whose session it opens.</param>
    public void Invite(string keyHash) => _keyHash = keyHash;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(listening.SetResult);
        await Task.WhenAll(listening.Task, readiness.WhenReady).WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stoppingToken.IsCancellationRequested || _keyHash is not { } hash || Address() is not { } address)
            return;
        Console.WriteLine(
            $"""

                Open this link to sign in. It works once, within an hour:

                  {address}{links.Make(hash)}

            """
        );
    }

    // What listens everywhere is reached here by the machine's own name.
    private string? Address() =>
        server.Features.Get<IServerAddressesFeature>()?.Addresses.Order(StringComparer.Ordinal).FirstOrDefault() is { } address
            ? address
                .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal)
                .Replace("://[::]", "://localhost", StringComparison.Ordinal)
                .Replace("://+", "://localhost", StringComparison.Ordinal)
                .Replace("://*", "://localhost", StringComparison.Ordinal)
                .TrimEnd('/')
            : null;
}
