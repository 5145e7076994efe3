using System.CommandLine;

namespace Podcasto.Costs.Cli.Commands;

/// <summary>Options that several commands take, made anew for each.</summary>
internal static class Shared
{
    public static Option<Guid?> Id(string name, string description) => new(name) { Description = description, HelpName = "uuid" };

    public static Option<string?> Text(string name, string description, params string[] suggestions)
    {
        // Else all suggestions would stand in its place.
        var option = new Option<string?>(name) { Description = description, HelpName = name.TrimStart('-') };
        if (suggestions.Length > 0)
            option.CompletionSources.Add(suggestions);
        return option;
    }

    public static Option<DateOnly?> Day(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "yyyy-MM-dd",
            CustomParser = result => Values.Day(result),
        };

    public static Option<DateOnly?> Month(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "yyyy-MM",
            CustomParser = result => Values.Month(result),
        };

    public static Option<DateTimeOffset?> Instant(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "instant",
            CustomParser = result => Values.Instant(result),
        };

    public static Option<int?> Limit(int usual) =>
        new("--limit") { Description = $"Most rows, from 1 to 1000 ({usual} by default)", HelpName = "rows" };

    public static Option<string?> Cursor() => new("--cursor") { Description = "Where the page starts: the page before says so", HelpName = "cursor" };

    public static Option<bool> All() => new("--all") { Description = "All pages; with --json one page a line" };
}
