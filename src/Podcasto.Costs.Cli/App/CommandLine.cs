using System.CommandLine;
using System.Text;
using Podcasto.Costs.Cli.Commands.Catalog;
using Podcasto.Costs.Cli.Commands.Completions;
using Podcasto.Costs.Cli.Commands.Costs;
using Podcasto.Costs.Cli.Commands.Daily;
using Podcasto.Costs.Cli.Commands.Episodes;
using Podcasto.Costs.Cli.Commands.Events;
using Podcasto.Costs.Cli.Commands.Exports;
using Podcasto.Costs.Cli.Commands.Jobs;
using Podcasto.Costs.Cli.Commands.Keys;
using Podcasto.Costs.Cli.Commands.Monthly;
using Podcasto.Costs.Cli.Commands.Podcasts;
using Podcasto.Costs.Cli.Commands.Pricing;

namespace Podcasto.Costs.Cli.App;

/// <summary>All commands, noun before verb.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var parsed = Build().Parse(arguments);
        var run = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(10) };
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync(run);
        // What is wrong, what was perhaps meant, and the help: all beside the result, of which there is none.
        run.Output = Console.Error;
        await parsed.InvokeAsync(run);
        return ExitCodes.Usage;
    }

    private static RootCommand Build()
    {
        var root = new RootCommand("Podcasto Costs at the command line. `podcasto-costs NOUN VERB --help` tells more.");
        GlobalOptions.AddTo(root);
        root.With(
            new Command("events", "What was used, one by one").Lists(EventListCommand.Create(), SendCommand.Create()),
            new Command("catalog", "Titles of podcasts and episodes").With(CatalogPutCommand.Create()),
            new Command("podcasts", "What podcasts have cost").Lists(PodcastTopCommand.Create()),
            new Command("episodes", "What episodes have cost").Lists(TopCommand.Create()),
            DailyCommand.Create(),
            MonthlyCommand.Create(),
            CostsCommand.Create(),
            new Command("pricing", "The price list").Lists(PriceListCommand.Create(), PriceAddCommand.Create()),
            new Command("export", "A month as a file").With(FocusCommand.Create(), EventExportCommand.Create()),
            new Command("jobs", "Long work of the server").Lists(JobListCommand.Create(), JobStartCommand.Create(), JobWaitCommand.Create()),
            new Command("keys", "API keys").Lists(KeyListCommand.Create(), KeyCreateCommand.Create(), KeyRevokeCommand.Create()),
            CompletionsCommand.Create()
        );
        return root;
    }
}
