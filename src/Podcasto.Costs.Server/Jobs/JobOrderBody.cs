using System.Text.Json;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Hosting.Bodies;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Jobs;

/// <summary>Reads what is asked of a job: <c>date</c>, <c>month</c>, or a span or an episode for the audits.</summary>
internal static class JobOrderBody
{
    public static JobOrder Read(string kind, JsonElement? body, DateTimeOffset now, FieldErrors errors)
    {
        var fields = new JsonObject(body ?? Empty, "", Fields(kind), errors);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        switch (kind)
        {
            case JobKinds.AggregateDaily:
                return new JobOrder(SqliteText.Of(NotAfter(fields, "date", fields.Date("date"), today) ?? today.AddDays(-1)));
            case JobKinds.AggregateMonthly:
                var last = Month.Of(Month.Of(today).FirstDay.AddDays(-1));
                return new JobOrder((NotAfter(fields, "month", fields.Month("month"), Month.Of(today)) ?? last).ToString());
            case JobKinds.Archive or JobKinds.Restore:
                return new JobOrder(fields.Month("month", required: true)?.ToString() ?? "");
            default:
                return Span(fields);
        }
    }

    private static JsonElement Empty => JsonElement.Parse("{}");

    private static string[] Fields(string kind) =>
        kind switch
        {
            JobKinds.AggregateDaily => ["date"],
            JobKinds.AggregateMonthly or JobKinds.Archive or JobKinds.Restore => ["month"],
            _ => ["from", "to", "episode_id"],
        };

    private static JobOrder Span(JsonObject fields)
    {
        var (from, to, episode) = (fields.Date("from"), fields.Date("to"), fields.Id("episode_id"));
        if (from > to)
            fields.Refuse("from", "must not be after to");
        if (episode is not null && (from is not null || to is not null))
            fields.Refuse("episode_id", "goes without from and to");
        return new JobOrder("", from, to, episode);
    }

    private static T? NotAfter<T>(JsonObject fields, string name, T? value, T last)
        where T : struct, IComparable<T>
    {
        if (value is { } given && given.CompareTo(last) > 0)
            fields.Refuse(name, $"must not be in the future");
        return value;
    }
}
