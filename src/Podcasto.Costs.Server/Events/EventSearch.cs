using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Server.Dashboard.Filters;
using Podcasto.Costs.Server.Dashboard.Text;
using Podcasto.Costs.Server.Hosting;

namespace Podcasto.Costs.Server.Events;

/// <summary>What the address of the page of events asks for.</summary>
internal sealed record EventSearch
{
    /// <summary>What <c>priced_by</c> takes, with its words.</summary>
    public static readonly IReadOnlyList<(string Name, string Label)> PricedBy = [("price", "A price"), ("event", "Its sender"), ("none", "Nothing")];

    public required EventFilter Filter { get; init; }

    /// <summary>The days that were chosen, or that exact instants lie in; null for all time.</summary>
    public Period? Period { get; init; }

    /// <summary>Whether the address names instants, not days.</summary>
    public bool IsExact { get; init; }

    /// <summary>What of the address made no sense, in words.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>The same filter as the interface takes it.</summary>
    public IEnumerable<(string Name, string? Value)> ApiQuery =>
        [
            ("episode_id", Filter.EpisodeId?.ToString("D")),
            ("podcast_id", Filter.PodcastId?.ToString("D")),
            ("service", Filter.Service),
            ("event_type", Filter.EventType),
            ("model", Filter.Model),
            ("region", Filter.Region),
            ("priced_by", Filter.PricedBy),
            ("from", Filter.From is { } from ? WireJson.Format(from) : null),
            ("to", Filter.To is { } to ? WireJson.Format(to) : null),
        ];

    public static EventSearch Read(IQueryCollection query, DateOnly today)
    {
        var leftOut = new List<string>();
        var (from, to) = (Instant(query["from"]), Instant(query["to"]));
        var isExact = from is not null || to is not null;
        var period = isExact
            ? new Period(Period.Custom, DayOf(from) ?? DayOf(Rfc3339.Earliest)!.Value, DayOf(to) ?? today)
            : Period.ReadIfAny(query["range"], query["from"], query["to"], today);
        return new EventSearch
        {
            Filter = new EventFilter
            {
                EpisodeId = Id(query, "episode", leftOut),
                PodcastId = Id(query, "podcast", leftOut),
                Service = QueryText.Of(query["service"]),
                EventType = OneOf(query, "event_type", EventTypes.Names, leftOut),
                Model = QueryText.Of(query["model"]),
                Region = QueryText.Of(query["region"]),
                PricedBy = OneOf(query, "priced_by", PricedBy.Select(choice => choice.Name), leftOut),
                From = isExact ? from ?? Start(query["from"]) : Start(period?.From),
                To = isExact ? to ?? Start(query["to"], 1) : Start(period?.To.AddDays(1)),
            },
            Period = period,
            IsExact = isExact,
            LeftOut = leftOut,
        };
    }

    private static Guid? Id(IQueryCollection query, string name, List<string> leftOut)
    {
        if (QueryText.Of(query[name]) is not { } text)
            return null;
        if (Ids.TryParse(text, out var id))
            return id;
        leftOut.Add($"{Words.Sentence(name)} must be a whole id of 36 characters, and was left out.");
        return null;
    }

    private static string? OneOf(IQueryCollection query, string name, IEnumerable<string> values, List<string> leftOut)
    {
        if (QueryText.Of(query[name]) is not { } text)
            return null;
        if (values.Contains(text))
            return text;
        leftOut.Add($"{Words.Sentence(name)} has no such choice, and was left out.");
        return null;
    }

    // A plus sign in an address is a blank unless it is escaped.
    private static DateTimeOffset? Instant(string? text) => Rfc3339.TryParse((text ?? "").Replace(' ', '+'), out var instant) ? instant : null;

    private static DateOnly? DayOf(DateTimeOffset? at) => at is { } instant ? DateOnly.FromDateTime(instant.UtcDateTime) : null;

    private static DateTimeOffset? Start(string? day, int daysLater = 0) =>
        Period.TryParseDay(day, out var first) ? Start(first.AddDays(daysLater)) : null;

    private static DateTimeOffset? Start(DateOnly? day) => day is { } first ? new DateTimeOffset(first, TimeOnly.MinValue, TimeSpan.Zero) : null;
}
