using Npgsql;
using Podcasto.Costs.Core.Events;

namespace Podcasto.Costs.Server.Ingest.Writing.Postgres;

/// <summary>Events as a stream of COPY.</summary>
internal static class EventCopy
{
    // What an event usually takes; the buffer grows where this is too little.
    private const int BytesPerEvent = 420;

    /// <summary>Copies events into a table that has the columns of <see cref="EventColumns"/>.</summary>
    public static async Task RunAsync(NpgsqlConnection connection, string table, IReadOnlyList<PricedEvent> events, DateTimeOffset storedAt)
    {
        using var rows = Encode(events, storedAt);
        await using var stream = await connection.BeginRawBinaryCopyAsync($"copy {table} ({EventColumns.Names}) from stdin (format binary)");
        await stream.WriteAsync(rows.Written);
    }

    /// <summary>The rows of <see cref="EventColumns.Names"/>.</summary>
    public static CopyBuffer Encode(IReadOnlyList<PricedEvent> events, DateTimeOffset storedAt)
    {
        var rows = new CopyBuffer(events.Count * BytesPerEvent);
        foreach (var priced in events)
            Write(rows, priced, storedAt);
        rows.End();
        return rows;
    }

    private static void Write(CopyBuffer rows, PricedEvent priced, DateTimeOffset storedAt)
    {
        var costEvent = priced.Event;
        rows.StartRow(EventColumns.Count);
        rows.Write(costEvent.Id);
        rows.Write(costEvent.EpisodeId);
        rows.Write(costEvent.PodcastId);
        rows.Write(costEvent.UserId);
        rows.Write(priced.PriceId);
        rows.Write(costEvent.Timestamp);
        rows.Write(storedAt);
        rows.Write(costEvent.Type.Name());
        rows.Write(costEvent.Service);
        rows.Write(costEvent.Unit);
        rows.Write(priced.PricedBy.Name());
        rows.Write(costEvent.Quantity);
        rows.Write(priced.UnitCostUsd);
        rows.Write(priced.TotalCostUsd);
        rows.Write(costEvent.Model);
        rows.Write(costEvent.Region);
        rows.Write(costEvent.Usage.Tokens);
        rows.Write(costEvent.Usage.DurationSeconds);
        rows.Write(costEvent.Usage.FileSizeMb);
        if (costEvent.Metadata.IsEmpty)
            rows.Null();
        else
            rows.WriteText(costEvent.Metadata.Span);
    }
}
