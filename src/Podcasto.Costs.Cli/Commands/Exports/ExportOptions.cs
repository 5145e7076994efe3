using System.CommandLine;

namespace Podcasto.Costs.Cli.Commands.Exports;

internal static class ExportOptions
{
    public static Option<string> Month() =>
        new("--month")
        {
            Description = "The month",
            HelpName = "yyyy-MM",
            Required = true,
        };

    public static Option<string?> Format(params string[] formats)
    {
        var option = new Option<string?>("--format") { Description = $"{string.Join(", ", formats)}; the first by default" };
        option.AcceptOnlyFromAmong(formats);
        return option;
    }

    public static Option<FileInfo?> Output() =>
        new("--output", "-o")
        {
            Description = "Write to this file, which is there only when it is whole; to standard output by default",
            HelpName = "file",
        };
}
