using System.CommandLine;
using Podcasto.Costs.Cli.App;

namespace Podcasto.Costs.Cli.Commands.Exports;

internal static class FocusCommand
{
    public static Command Create()
    {
        var month = ExportOptions.Month();
        var format = ExportOptions.Format("csv", "parquet");
        var output = ExportOptions.Output();
        return new Command("focus", "A month's costs in FOCUS; with --json what the export holds, instead of it")
            .With(month, format, output)
            .Does(
                async (session, given, cancellationToken) =>
                {
                    var wanted = given.GetRequiredValue(month);
                    if (session.IsJson)
                    {
                        await session.Costs.Exports.DescribeFocusAsync(wanted, cancellationToken);
                        return;
                    }

                    await Download.RunAsync(
                        session,
                        given.GetValue(format),
                        given.GetValue(output),
                        () => session.Costs.Exports.OpenFocusAsync(wanted, given.GetValue(format), cancellationToken),
                        cancellationToken
                    );
                }
            );
    }
}
