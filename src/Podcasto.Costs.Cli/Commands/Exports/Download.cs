using Podcasto.Costs.Cli.App;
using Podcasto.Costs.Cli.Output;
using Spectre.Console;

namespace Podcasto.Costs.Cli.Commands.Exports;

/// <summary>Passes a file on as it arrives.</summary>
internal static class Download
{
    private const int Chunk = 128 * 1024;

    public static async Task RunAsync(Session session, string? format, FileInfo? file, Func<Task<Stream>> open, CancellationToken cancellationToken)
    {
        if (file is null && format == "parquet" && !Console.IsOutputRedirected)
            throw new CliException(ExitCodes.Usage, "Parquet is not for terminals: name a file with --output, or redirect the output.");
        await using var body = await open();
        if (file is null)
        {
            await CopyAsync(body, session.Output, _ => { }, cancellationToken);
            return;
        }

        await SaveAsync(session, body, file, cancellationToken);
    }

    // A file of that name is a whole one: what broke off goes away.
    private static async Task SaveAsync(Session session, Stream body, FileInfo file, CancellationToken cancellationToken)
    {
        var partial = file.FullName + ".partial";
        try
        {
            await using (var target = new FileStream(partial, FileMode.Create, FileAccess.Write))
                await ShowAsync(session, bytes => CopyAsync(body, target, bytes, cancellationToken));
            File.Move(partial, file.FullName, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }

        session.Note($"{file.FullName}: {Words.Count(new FileInfo(file.FullName).Length)} bytes");
    }

    private static async Task ShowAsync(Session session, Func<Action<long>, Task> copy)
    {
        if (Console.IsErrorRedirected)
        {
            await copy(_ => { });
            return;
        }

        await session.Notes.Status().StartAsync("Waiting for the server", status => copy(bytes => status.Status($"{Words.Count(bytes)} bytes")));
    }

    private static async Task CopyAsync(Stream body, Stream target, Action<long> progress, CancellationToken cancellationToken)
    {
        var buffer = new byte[Chunk];
        var bytes = 0L;
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            progress(bytes += read);
        }
    }
}
