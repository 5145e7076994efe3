using System.CommandLine;
using Podcasto.Costs.Cli.App;

namespace Podcasto.Costs.Cli.Commands.Exports;

internal static class EventExportCommand
{
    private const string Ndjson = "ndjson";

    public static Command Create()
    {
        var month = ExportOptions.Month();
        var format = ExportOptions.Format(Ndjson, "csv", "parquet");
        var output = ExportOptions.Output();
        return new Command("events", "A month's events, oldest first")
            .With(month, format, output)
            .Does(
                async (session, given, cancellationToken) =>
                {
                    var wanted = session.IsJson ? Ndjson : given.GetValue(format);
                    await Download.RunAsync(
                        session,
                        wanted,
                        given.GetValue(output),
                        () => session.Costs.Exports.OpenEventsAsync(given.GetRequiredValue(month), wanted, cancellationToken),
                        cancellationToken
                    );
                }
            );
    }
}
