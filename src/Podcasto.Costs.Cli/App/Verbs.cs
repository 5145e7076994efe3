using System.CommandLine;
using Podcasto.Costs.Cli.Http;

namespace Podcasto.Costs.Cli.App;

/// <summary>Runs a command's work, and makes an exit code and a message of whatever ends it.</summary>
internal static class Verbs
{
    /// <summary>Gives a command its work, which succeeds unless it throws.</summary>
    public static Command Does(this Command command, Func<Session, ParseResult, CancellationToken, Task> work) =>
        command.Does(
            Patience.Short,
            async (session, parsed, cancellationToken) =>
            {
                await work(session, parsed, cancellationToken);
                return ExitCodes.Ok;
            }
        );

    /// <summary>Gives a command its work, which says how it ended.</summary>
    public static Command Does(this Command command, Patience patience, Func<Session, ParseResult, CancellationToken, Task<int>> work)
    {
        command.SetAction(async (parsed, cancellationToken) => await RunAsync(parsed, patience, work, cancellationToken));
        return command;
    }

    /// <summary>Gives a noun its verbs; without one it lists, by the list's own defaults.</summary>
    public static Command Lists(this Command noun, Command list, params IEnumerable<Command> others)
    {
        noun.Action = list.Action;
        return noun.With([list, .. others]);
    }

    public static Command With(this Command command, params IEnumerable<Symbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            if (symbol is Option option)
                command.Options.Add(option);
            else if (symbol is Argument argument)
                command.Arguments.Add(argument);
            else
                command.Subcommands.Add((Command)symbol);
        }

        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed,
        Patience patience,
        Func<Session, ParseResult, CancellationToken, Task<int>> work,
        CancellationToken cancellationToken
    )
    {
        Session? session = null;
        try
        {
            session = new Session(parsed, patience);
            var exitCode = await work(session, parsed, cancellationToken);
            session.TellLast();
            return exitCode;
        }
        catch (Exception exception) when (Failure.Of(exception, session?.Settings, cancellationToken) is { } failure)
        {
            failure.WriteTo(Console.Error);
            return failure.ExitCode;
        }
        finally
        {
            session?.Dispose();
        }
    }
}
