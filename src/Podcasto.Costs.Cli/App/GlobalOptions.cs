using System.CommandLine;

namespace Podcasto.Costs.Cli.App;

/// <summary>What every command takes.</summary>
internal static class GlobalOptions
{
    public static readonly Option<string?> Server = new("--server")
    {
        Description = "The server's address (PODCASTO_COSTS_SERVER; http://localhost:5000 by default)",
        HelpName = "url",
        Recursive = true,
    };

    public static readonly Option<string?> Key = new("--key")
    {
        Description = "An API key (PODCASTO_COSTS_KEY, which other users of the machine don't see)",
        HelpName = "key",
        Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json") { Description = "Print the server's own JSON", Recursive = true };

    public static readonly Option<int?> RetryFor = new("--retry-for")
    {
        Description = "How long to try again while the server is busy or away (60 for events send and catalog put; else 15 while busy, 0 while away)",
        HelpName = "seconds",
        Recursive = true,
        Validators =
        {
            result =>
            {
                if (result.GetValueOrDefault<int?>() is < 0 or > 86_400)
                    result.AddError("--retry-for takes 0 to 86400 seconds.");
            },
        },
    };

    public static void AddTo(RootCommand root)
    {
        root.Options.Add(Server);
        root.Options.Add(Key);
        root.Options.Add(Json);
        root.Options.Add(RetryFor);
    }
}
