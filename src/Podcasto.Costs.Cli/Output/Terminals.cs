using System.Text;
using Spectre.Console;

namespace Podcasto.Costs.Cli.Output;

/// <summary>The result goes to standard output, everything said about it to standard error.</summary>
internal static class Terminals
{
    // A table in a pipe is as wide as it needs to be.
    private const int Unbounded = 10_000;

    public static IAnsiConsole Result(Stream output) =>
        Console.IsOutputRedirected ? Plain(new StreamWriter(output, new UTF8Encoding(false)) { AutoFlush = true }) : Coloured(Console.Out);

    public static IAnsiConsole Notes() => Console.IsErrorRedirected ? Plain(Console.Error) : Coloured(Console.Error);

    private static IAnsiConsole Plain(TextWriter writer)
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(writer),
            }
        );
        console.Profile.Width = Unbounded;
        return console;
    }

    private static IAnsiConsole Coloured(TextWriter writer)
    {
        // https://no-color.org: any value but the empty one. The console's own detection takes that for a wish too, so it does not get to see it.
        var noColor = Environment.GetEnvironmentVariable("NO_COLOR");
        if (noColor is "")
            Environment.SetEnvironmentVariable("NO_COLOR", null);
        return AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                ColorSystem = string.IsNullOrEmpty(noColor) ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
                Out = new AnsiConsoleOutput(writer),
            }
        );
    }
}
