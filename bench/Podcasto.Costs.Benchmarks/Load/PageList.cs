namespace Podcasto.Costs.Benchmarks.Load;

/// <summary>A page as its reader asks for it.</summary>
/// <param name="LimitMs">What it must stay under, in milliseconds.</param>
internal sealed record PageToMeasure(string Name, string Path, int LimitMs);

/// <summary>What the latest event of a history names.</summary>
internal sealed record SomeIds(string Event, string Episode, string Podcast, DateOnly Day);

/// <summary>Every page: as it opens, with each filter that has an index, and with what has none.</summary>
internal static class PageList
{
    public static IEnumerable<PageToMeasure> Of(SomeIds some) => [.. Opened(some), .. Filtered(some), .. Others(some)];

    private static IEnumerable<PageToMeasure> Opened(SomeIds some) =>
        [
            new("overview", "/", 50),
            new("overview, 90 days", "/?range=90d", 50),
            new("overview, one podcast", $"/?podcast={some.Podcast}", 50),
            new("podcasts", "/podcasts", 100),
            new("one podcast", $"/podcasts/{some.Podcast}", 100),
            new("episodes", "/episodes", 100),
            new("one episode", $"/episodes/{some.Episode}", 100),
            new("months", "/months", 100),
            new("one month", $"/months/{some.Day:yyyy-MM}", 100),
            new("a month that ended", $"/months/{some.Day.AddMonths(-1):yyyy-MM}", 100),
            new("explorer", "/explorer", 100),
            new("events", "/events", 100),
            new("one event", $"/events/{some.Event}", 100),
            new("prices", "/prices", 100),
            new("a new price", "/prices/new", 100),
            new("a new price, previewed", "/prices/new?service=telegram_api&unit=requests&unit_cost_usd=0.01&unit_quantity=1", 100),
            new("jobs", "/jobs", 100),
            new("start a job", "/jobs/start", 100),
            new("API keys", "/keys", 100),
            new("audit log", "/audit", 100),
            new("about", "/about", 100),
            new("not found", "/nowhere", 100),
        ];

    private static IEnumerable<PageToMeasure> Filtered(SomeIds some) =>
        [
            new("podcasts, 90 days", "/podcasts?range=90d", 100),
            new("one podcast, 90 days", $"/podcasts/{some.Podcast}?range=90d", 100),
            new("episodes of a podcast", $"/episodes?podcast={some.Podcast}", 100),
            new("episodes of 30 days", $"/episodes?from={some.Day.AddDays(-29):yyyy-MM-dd}&to={some.Day:yyyy-MM-dd}", 100),
            new("months of a podcast", $"/months?podcast={some.Podcast}", 100),
            new("explorer by service", "/explorer?group_by=service", 100),
            new("explorer by podcast and category, months", "/explorer?group_by=podcast_id&group_by=category&granularity=month&range=90d", 100),
            new("events of an episode", $"/events?episode={some.Episode}", 100),
            new("events of a podcast", $"/events?podcast={some.Podcast}", 100),
            new("events of a service", "/events?service=s3_put", 100),
            new("events of a service that has none", "/events?service=nobody", 100),
            new("events without a price", "/events?priced_by=none", 100),
            new("events of a day", $"/events?from={some.Day:yyyy-MM-dd}&to={some.Day:yyyy-MM-dd}", 100),
            new(
                "events of a podcast and a day",
                $"/events?podcast={some.Podcast}&from={some.Day.AddDays(-40):yyyy-MM-dd}&to={some.Day.AddDays(-40):yyyy-MM-dd}",
                100
            ),
        ];

    private static IEnumerable<PageToMeasure> Others(SomeIds some) =>
        [
            new("overview of everything", "/?from=2026-08-01&to=2026-12-31", 1_000),
            new("episodes by title", "/episodes?sort=title", 1_000),
            new("episodes by tokens", "/episodes?sort=-total_tokens", 1_000),
            new("episodes by length", "/episodes?sort=-duration_seconds", 1_000),
            new("episodes by latest event", "/episodes?sort=-last_event_at", 1_000),
            new("episodes by cost of e-mail", "/episodes?sort=-email_cost_usd", 1_000),
            new("episodes that a title finds", "/episodes?search=told", 1_000),
            new("episodes by title or id", $"/episodes?search={some.Episode[..8]}", 1_000),
            new("episodes that no title has", "/episodes?search=nowhere", 1_000),
            new("events of a type", "/events?event_type=ses_email", 1_000),
            new("events of a model", "/events?model=gemini-2.5-flash", 1_000),
            new("events of a model that nobody used", "/events?model=nobody", 1_000),
            new("events of a region that nobody used", "/events?region=nowhere", 1_000),
            new("events of a podcast without a price", $"/events?podcast={some.Podcast}&priced_by=none", 1_000),
            new("events of a podcast and a service that it has none of", $"/events?podcast={some.Podcast}&service=nobody", 1_000),
            new("events that name their cost", "/events?priced_by=event", 1_000),
            // Past 250,000 events this page asks for fewer days instead; two of these days have about 170,000.
            new(
                "explorer by episode, two days",
                $"/explorer?group_by=episode_id&from={some.Day.AddDays(-6):yyyy-MM-dd}&to={some.Day.AddDays(-5):yyyy-MM-dd}",
                1_000
            ),
            new("explorer by model and region, 90 days", "/explorer?group_by=model&group_by=region&range=90d", 1_000),
            new(
                "explorer by episode and service, two days",
                $"/explorer?group_by=episode_id&group_by=service&from={some.Day.AddDays(-6):yyyy-MM-dd}&to={some.Day.AddDays(-5):yyyy-MM-dd}",
                1_000
            ),
            new("explorer by episode, 30 days", "/explorer?group_by=episode_id", 1_000),
            new(
                "explorer by episode and podcast, everything",
                "/explorer?group_by=episode_id&group_by=podcast_id&granularity=total&from=2026-08-01&to=2026-12-31",
                1_000
            ),
            new("explorer by episode and service, 30 days, which asks for fewer", "/explorer?group_by=episode_id&group_by=service", 1_000),
            new("explorer of one episode by service", $"/explorer?group_by=service&episode={some.Episode}", 1_000),
        ];
}
