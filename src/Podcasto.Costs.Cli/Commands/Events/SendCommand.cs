using System.CommandLine;
using Podcasto.Costs.Cli.App;
using Podcasto.Costs.Cli.Http;
using Podcasto.Costs.Cli.Sending;

namespace Podcasto.Costs.Cli.Commands.Events;

internal static class SendCommand
{
    private const string StandardInput = "-";
    private const int MostLines = 10_000;

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "NDJSON or a JSON array; - for standard input" };
        var resume = new Option<FileInfo?>("--resume")
        {
            Description = "Where to remember what was acknowledged (FILE.resume by default)",
            HelpName = "file",
        };
        var rejected = new Option<FileInfo?>("--rejected")
        {
            Description = "Where rejected events go, with reasons (FILE.rejected by default)",
            HelpName = "file",
        };
        var restart = new Option<bool>("--restart") { Description = "Forget what an earlier run has sent" };
        var batch = new Option<int>("--batch") { Description = "Events a request, from 1 to 10000", DefaultValueFactory = _ => 5_000 };
        batch.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostLines)
                result.AddError($"--batch takes 1 to {MostLines} events.");
        });
        return new Command("send", "Send events. A run that broke off goes on where it was: give the same command again")
            .With(file, resume, rejected, restart, batch)
            .Does(
                Patience.Long,
                async (session, given, cancellationToken) =>
                {
                    session.Json.IsOpen = false;
                    var name = given.GetRequiredValue(file);
                    await using var input = new EventInput(Open(name));
                    var rejectedFile = new RejectedFile(given.GetValue(rejected)?.FullName ?? Beside(name, ".rejected"));
                    var stateFile = new StateFile(given.GetValue(resume)?.FullName ?? Beside(name, ".resume"));
                    var sender = new Sender(session, input, stateFile, rejectedFile, given.GetValue(batch));
                    await sender.BeginAsync(given.GetValue(restart), cancellationToken);
                    return await RunAsync(session, input, sender, rejectedFile, stateFile.Remembers, cancellationToken);
                }
            );
    }

    private static async Task<int> RunAsync(
        Session session,
        EventInput input,
        Sender sender,
        RejectedFile rejected,
        bool isRemembered,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await SendProgress.ShowAsync(session, input, progress => sender.RunAsync(progress, cancellationToken));
        }
        catch
        {
            var totals = sender.State.Totals;
            var then = isRemembered ? " The same command goes on from there." : "";
            session.Note($"{totals.Events} events are acknowledged, up to byte {sender.State.Offset}.{then}");
            throw;
        }

        SendReport.Write(session, sender.State.Totals, rejected.Path);
        return sender.State.Totals.Rejected > 0 ? ExitCodes.SomeRejected : ExitCodes.Ok;
    }

    private static Stream Open(string name) => name == StandardInput ? Console.OpenStandardInput() : File.OpenRead(name);

    private static string? Beside(string name, string end) => name == StandardInput ? null : Path.GetFullPath(name) + end;
}
