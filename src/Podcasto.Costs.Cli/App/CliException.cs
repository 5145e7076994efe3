namespace Podcasto.Costs.Cli.App;

/// <summary>An end that is foreseen; the message says what to do.</summary>
internal sealed class CliException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
