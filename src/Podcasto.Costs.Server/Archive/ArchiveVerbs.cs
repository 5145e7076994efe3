using System.Globalization;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Audit;
using Podcasto.Costs.Server.Jobs;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Archive;

/// <summary>The verbs <c>archive</c> and <c>restore</c>.</summary>
internal static class ArchiveVerbs
{
    public static async Task<int> RunAsync(string[] args, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (!Month.TryParse(services.GetRequiredService<IConfiguration>()["month"] ?? "", out var month))
            return await Verbs.RefuseAsync();
        var progress = new ConsoleProgress();
        try
        {
            services.GetRequiredService<Database>().Migrate();
            var work = services.GetServices<IJobWork>().Single(work => work.Kind == args[0]);
            var outcome = await services
                .GetRequiredService<JobExecution>()
                .RunNewAsync(new JobOrder(month.ToString()), work, progress, Actor.Console, cancellationToken);
            progress.Finish();
            Console.WriteLine(Conclusion(args[0], month, outcome.Events ?? 0));
            return 0;
        }
        catch (Exception exception)
        {
            progress.Finish();
            await Console.Error.WriteLineAsync($"{args[0]} could not run: {exception.Message}");
            return Verbs.CouldNotRun;
        }
    }

    private static string Conclusion(string verb, Month month, long events) =>
        (verb, events) switch
        {
            (_, 0) => $"There was nothing to {verb} of {month}.",
            ("archive", _) => string.Create(CultureInfo.InvariantCulture, $"{events} events of {month} are in the archive."),
            _ => string.Create(CultureInfo.InvariantCulture, $"{events} events of {month} are back in the database."),
        };
}
