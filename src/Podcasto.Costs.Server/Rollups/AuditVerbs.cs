using System.Globalization;
using Podcasto.Costs.Server.Audit;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Jobs;
using Podcasto.Costs.Server.Rollups.Audit;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Rollups;

/// <summary>The verbs <c>rebuild</c> and <c>verify</c> of the server's executable; both work beside a running server.</summary>
internal static class AuditVerbs
{
    private const int Equal = 0;
    private const int Different = 1;
    private const int MaxNamed = 20;

    public static async Task<int> RunAsync(string[] args, IServiceProvider services, CancellationToken cancellationToken)
    {
        var repair = args[0] == "rebuild";
        if (!TryScope(services.GetRequiredService<IConfiguration>(), out var order))
            return await Verbs.RefuseAsync();

        var progress = new ConsoleProgress();
        try
        {
            services.GetRequiredService<Database>().Migrate();
            var named = 0;
            var work = new AuditWork(
                args[0],
                services.GetRequiredService<AuditRun>(),
                difference =>
                {
                    if (named++ < MaxNamed && (!repair || difference.Column is not null))
                        progress.Print(difference.ToString());
                }
            );
            // A rebuild is for the record; a verification leaves no trace.
            var outcome = repair
                ? await services.GetRequiredService<JobExecution>().RunNewAsync(order, work, progress, Actor.Console, cancellationToken)
                : await work.RunAsync(order, progress, cancellationToken);
            progress.Finish();
            Console.WriteLine(Conclusion(repair, outcome.Differences ?? 0));
            return repair || outcome.Differences == 0 ? Equal : Different;
        }
        catch (Exception exception)
        {
            progress.Finish();
            await Console.Error.WriteLineAsync($"{args[0]} could not run: {exception.Message}");
            return Verbs.CouldNotRun;
        }
    }

    private static string Conclusion(bool repair, long count) =>
        (repair, count) switch
        {
            (_, 0) => "Every rollup equals its events.",
            (true, _) => string.Create(CultureInfo.InvariantCulture, $"{count} rows did not equal their events, and do now."),
            _ => string.Create(CultureInfo.InvariantCulture, $"{count} rows do not equal their events. Run rebuild."),
        };

    private static bool TryScope(IConfiguration arguments, out JobOrder order)
    {
        order = new JobOrder();
        DateOnly? from = null;
        DateOnly? to = null;
        Guid? episode = null;
        if (arguments["from"] is { } first)
        {
            if (!DateOnly.TryParseExact(first, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return false;
            from = day;
        }

        if (arguments["to"] is { } last)
        {
            if (!DateOnly.TryParseExact(last, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return false;
            to = day;
        }

        if (arguments["episode"] is { } text)
        {
            if (!Ids.TryParse(text, out var id) || from is not null || to is not null)
                return false;
            episode = id;
        }

        order = new JobOrder("", from, to, episode);
        return from is null || to is null || from <= to;
    }
}
