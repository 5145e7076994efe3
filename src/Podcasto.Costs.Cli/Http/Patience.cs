namespace Podcasto.Costs.Cli.Http;

/// <summary>How long a request is tried again.</summary>
/// <param name="Busy">While the server answers 429 or 503.</param>
/// <param name="Away">While it cannot be reached.</param>
internal sealed record Patience(TimeSpan Busy, TimeSpan Away)
{
    /// <summary>Somebody waits at a terminal: a server that is not there is worth knowing at once.</summary>
    public static Patience Short { get; } = new(TimeSpan.FromSeconds(15), TimeSpan.Zero);

    /// <summary>Long work that a restart of the server should not end.</summary>
    public static Patience Long { get; } = new(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
}
