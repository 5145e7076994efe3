using System.Diagnostics;
using System.Globalization;
using Podcasto.Costs.Cli.App;
using Podcasto.Costs.Cli.Output;
using Spectre.Console;

namespace Podcasto.Costs.Cli.Sending;

/// <summary>A bar with the rate, where somebody looks.</summary>
internal static class SendProgress
{
    public static Task ShowAsync(Session session, EventInput input, Func<Action<SendState>, Task> work)
    {
        if (Console.IsErrorRedirected)
            return work(_ => { });
        return session
            .Notes.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn()
            )
            .StartAsync(async context =>
            {
                var bar = context.AddTask("Sending", maxValue: Math.Max(1, input.Length ?? 1));
                bar.IsIndeterminate = input.Length is null;
                var start = Stopwatch.GetTimestamp();
                long? before = null;
                await work(state =>
                {
                    before ??= state.Totals.Events;
                    bar.Value = input.Length is null ? 0 : state.Offset;
                    bar.Description = Describe(state.Totals, state.Totals.Events - before.Value, Stopwatch.GetElapsedTime(start));
                });
            });
    }

    private static string Describe(SendTotals totals, long sent, TimeSpan spent)
    {
        var rate = spent < TimeSpan.FromMilliseconds(100) ? "" : $", {(sent / spent.TotalSeconds).ToString("#,0", CultureInfo.InvariantCulture)}/s";
        return $"{Words.Count(totals.Events)} events{rate}";
    }
}
