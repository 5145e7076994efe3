using System.CommandLine;
using Podcasto.Costs.Cli.App;

namespace Podcasto.Costs.Cli.Commands.Completions;

internal static class CompletionsCommand
{
    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completions", "Print a shell's completion script: source <(podcasto-costs completions bash)").With(shell);
        command.SetAction(parsed =>
        {
            Console.Out.Write(
                parsed.GetRequiredValue(shell) switch
                {
                    "bash" => ShellScripts.Bash,
                    "zsh" => ShellScripts.Zsh,
                    _ => ShellScripts.Fish,
                }
            );
            return ExitCodes.Ok;
        });
        return command;
    }
}
