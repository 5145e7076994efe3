using Podcasto.Costs.Client.Jobs;
using Podcasto.Costs.Server.Dashboard.Text;

namespace Podcasto.Costs.Server.Jobs;

/// <summary>What jobs are called in front of people.</summary>
internal static class JobWords
{
    public static string Title(string kind) =>
        kind switch
        {
            JobKinds.AggregateDaily => "Close a day",
            JobKinds.AggregateMonthly => "Close a month",
            JobKinds.Rebuild => "Rebuild",
            JobKinds.Verify => "Verify",
            JobKinds.Archive => "Archive a month",
            JobKinds.Restore => "Restore a month",
            _ => kind,
        };

    /// <summary>What it does, in a sentence or two.</summary>
    public static string Purpose(string kind) =>
        kind switch
        {
            JobKinds.AggregateDaily => "Proves a day against its events, and repairs what differs. The server does it each night by itself.",
            JobKinds.AggregateMonthly => "Proves a month and its days against their events, and repairs what differs.",
            JobKinds.Rebuild => "Computes rollups anew from their events, and writes those that differ. Events wait for a moment at each part.",
            JobKinds.Verify => "Compares rollups with their events and changes nothing. It holds nobody up.",
            JobKinds.Archive => "Moves the events of a month that has ended to a Parquet file. Every page still reaches them.",
            JobKinds.Restore => "Moves the archived events of a month back into the database.",
            _ => "",
        };

    /// <summary>What part of the ledger a run is about.</summary>
    public static string Scope(JobView job) =>
        (job.Period, job.From, job.To) switch
        {
            ({ } period, _, _) => period,
            (_, { } from, { } to) => DateText.Span(from, to),
            (_, { } from, null) => $"from {DateText.Of(from)}",
            (_, null, { } to) => $"until {DateText.Of(to)}",
            _ => job.EpisodeId is { } episode ? $"episode {episode.ToString("D")[..8]}…" : "everything",
        };
}
