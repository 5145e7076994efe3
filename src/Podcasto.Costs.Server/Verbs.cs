using Podcasto.Costs.Server.Archive;
using Podcasto.Costs.Server.Rollups;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server;

/// <summary>What the executable does besides serving; each works beside a running server.</summary>
internal static class Verbs
{
    /// <summary>Exit code of what could not run.</summary>
    public const int CouldNotRun = 2;

    public const string Usage = """
        Usage:
          Podcasto.Costs.Server                      serve
          Podcasto.Costs.Server --demo               serve ninety invented days, from data/demo.db
          Podcasto.Costs.Server verify               compare every rollup with its events
          Podcasto.Costs.Server rebuild              recompute every rollup from its events
            --from yyyy-MM-dd --to yyyy-MM-dd        only these days (and their months and episodes), inclusive
            --episode UUID                           only this episode, and the days that it has events on
          Podcasto.Costs.Server archive --month yyyy-MM   move a month's events to a Parquet file
          Podcasto.Costs.Server restore --month yyyy-MM   move them back
          Podcasto.Costs.Server backup FILE          copy a SQLite database, whole and consistent
        Settings such as --Database:Provider Postgres may follow. verify ends with 0 where all is equal, 1 where
          something differs; 2 says that a command could not run.
        """;

    /// <summary>The verb of a command line; null where it serves.</summary>
    public static Func<string[], IServiceProvider, CancellationToken, Task<int>>? Find(string[] args) =>
        args switch
        {
            ["verify" or "rebuild", ..] => Known(args, AuditVerbs.RunAsync, "from", "to", "episode"),
            ["archive" or "restore", ..] => Known(args, ArchiveVerbs.RunAsync, "month"),
            ["backup", ..] => Known(args, BackupVerb.RunAsync),
            ["help" or "--help" or "-h" or "-?", ..] => HelpAsync,
            // A setting is --Name value, /Name value or Name=value; anything else was meant to be a verb.
            [{ Length: > 0 } word, ..] when word[0] is not ('-' or '/') && !word.Contains('=', StringComparison.Ordinal) => (_, _, _) =>
                RefuseAsync($"There is no command {word}."),
            _ => null,
        };

    // An option that is misspelt must not widen what is done. Settings have a colon in their name.
    private static Func<string[], IServiceProvider, CancellationToken, Task<int>> Known(
        string[] args,
        Func<string[], IServiceProvider, CancellationToken, Task<int>> verb,
        params string[] options
    )
    {
        foreach (var arg in args.Where(arg => arg.StartsWith("--", StringComparison.Ordinal)))
        {
            var name = arg[2..].Split('=')[0];
            if (!name.Contains(':', StringComparison.Ordinal) && !options.Contains(name, StringComparer.OrdinalIgnoreCase))
                return (_, _, _) => RefuseAsync($"{args[0]} has no option {arg}.");
        }

        return verb;
    }

    private static Task<int> HelpAsync(string[] args, IServiceProvider services, CancellationToken cancellationToken)
    {
        Console.WriteLine(Usage);
        return Task.FromResult(0);
    }

    /// <summary>Says what is wrong, and how it is used.</summary>
    private static async Task<int> RefuseAsync(string reason)
    {
        await Console.Error.WriteLineAsync(reason);
        return await RefuseAsync();
    }

    /// <summary>Says how it is used.</summary>
    public static async Task<int> RefuseAsync()
    {
        await Console.Error.WriteLineAsync(Usage);
        return CouldNotRun;
    }
}
