namespace Podcasto.Costs.Server.Demo;

/// <summary>What belongs to no episode: storage and research of a podcast, and what the system itself uses.</summary>
internal sealed class BackgroundEvents(Dice dice, IReadOnlyList<Guid> podcastIds)
{
    // At night, when nothing is made.
    private static readonly TimeSpan Night = TimeSpan.FromMinutes(7);

    /// <summary>One day's; the store grows with the days.</summary>
    public IEnumerable<DemoEvent> OfDay(DateOnly day, int daysSinceStart)
    {
        var at = DemoCalendar.Start(day) + Night;
        for (var index = 0; index < podcastIds.Count; index++)
        {
            foreach (var costEvent in OfPodcast(DemoPodcasts.All[index], at.AddSeconds(index * 11), daysSinceStart))
                yield return costEvent with
                {
                    PodcastId = podcastIds[index],
                };
        }

        foreach (var costEvent in OfSystem(at.AddMinutes(5)))
            yield return costEvent;
    }

    private IEnumerable<DemoEvent> OfPodcast(DemoPodcast podcast, DateTimeOffset at, int daysSinceStart)
    {
        // Priced per month of thirty days: a day holds a thirtieth of it.
        var gigabytes = (40 + podcast.Episodes * (100 + daysSinceStart) / 40m) * podcast.Minutes.Most / 60;
        yield return New(at, "storage_usage", "s3_storage", decimal.Round(gigabytes / 30, 6), "gb", [("region", podcast.Region)]);
        if (!dice.Hits(40))
            yield break;
        (string, object)[] about = [("model", "gemini-2.5-flash"), ("purpose", "trend research")];
        yield return New(at.AddSeconds(2), "ai_api_call", "gemini_text", dice.Between(30_000, 90_000), "input_tokens", about);
        yield return New(at.AddSeconds(6), "ai_api_call", "gemini_text", dice.Between(1_000, 4_000), "output_tokens", about);
    }

    private IEnumerable<DemoEvent> OfSystem(DateTimeOffset at)
    {
        (string, object)[] region = [("region", "us-east-1")];
        var seconds = dice.Between(14m, 60m);
        yield return New(at, "sqs_message", "sqs", dice.Between(38_000, 46_000), "requests", [("queue", "polling"), .. region]);
        yield return New(at.AddSeconds(1), "s3_operation", "s3_list", dice.Between(200, 600), "requests", region);
        yield return New(
            at.AddSeconds(2),
            "lambda_execution",
            "lambda_cleanup",
            seconds / 2,
            "gb_seconds",
            [("duration_seconds", seconds), .. region]
        );
        yield return New(at.AddSeconds(3), "ses_email", "ses", dice.Between(3, 9), "emails", [("template", "daily-report"), .. region]);
    }

    private DemoEvent New(DateTimeOffset at, string type, string service, decimal quantity, string unit, (string, object)[] metadata) =>
        new(at, type, service, quantity, unit) { Id = dice.Id(at), Metadata = metadata };
}
