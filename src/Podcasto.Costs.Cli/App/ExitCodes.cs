namespace Podcasto.Costs.Cli.App;

/// <summary>How a run ended, for scripts; docs/cli.md lists them.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The server refused it, or something on this machine went wrong.</summary>
    public const int Failed = 1;

    /// <summary>The command was not understood, or a setting is missing.</summary>
    public const int Usage = 2;

    /// <summary>Some lines were rejected; the others are stored.</summary>
    public const int SomeRejected = 3;

    /// <summary>The key is wrong, or lacks the scope.</summary>
    public const int NotAllowed = 4;

    /// <summary>The server is not there, or not ready, and did not become so in time.</summary>
    public const int Unreachable = 5;

    /// <summary>There is no such thing.</summary>
    public const int NotFound = 6;

    /// <summary>Stopped from outside, as shells count it.</summary>
    public const int Interrupted = 130;
}
