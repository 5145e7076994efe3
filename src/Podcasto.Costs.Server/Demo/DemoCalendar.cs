namespace Podcasto.Costs.Server.Demo;

/// <summary>When the demo's episodes come out, over the ninety days that end with a day.</summary>
internal static class DemoCalendar
{
    public const int Days = 90;

    private const int GuestDays = 24;
    private const int OutlierDaysAgo = 17;

    /// <summary>The episodes in the order of their making.</summary>
    public static IReadOnlyList<EpisodePlan> Plan(DateOnly today, Dice dice, IReadOnlyList<Guid> podcastIds)
    {
        var plans = new List<EpisodePlan>();
        for (var index = 0; index < DemoPodcasts.All.Count; index++)
        {
            var podcast = DemoPodcasts.All[index];
            plans.AddRange(DaysOf(podcast, today).Select(day => Episode(podcast, podcastIds[index], day, today, dice)));
        }

        var outlier = plans.FindLastIndex(plan => plan.Podcast.Minutes.Most > 50 && plan.StartsAt < Start(today.AddDays(-OutlierDaysAgo)));
        plans[outlier] = plans[outlier] with { IsOutlier = true };
        return [.. plans.OrderBy(plan => plan.StartsAt).ThenBy(plan => plan.Id)];
    }

    public static DateTimeOffset Start(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    // Evenly over the days that it comes out on, the latest on the last of them.
    private static IEnumerable<DateOnly> DaysOf(DemoPodcast podcast, DateOnly today)
    {
        var open = Enumerable
            .Range(0, Days)
            .Select(ago => today.AddDays(-ago))
            .Where(day => !podcast.Weekdays || day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            .ToList();
        return Enumerable.Range(0, podcast.Episodes).Select(number => open[number * open.Count / podcast.Episodes]).Reverse();
    }

    private static EpisodePlan Episode(DemoPodcast podcast, Guid podcastId, DateOnly day, DateOnly today, Dice dice)
    {
        // What is made today is made early, so that little of it lies ahead of whoever starts the demo.
        var minute = day == today ? dice.Between(0, 90) : dice.Between(4 * 60, 19 * 60);
        var at = Start(day).AddMinutes(minute).AddSeconds(dice.Between(0, 59));
        var hasGuest = podcast.HasGuestVoice && day > today.AddDays(-GuestDays);
        return new EpisodePlan(
            dice.Id(at),
            podcast,
            podcastId,
            $"{dice.Of(podcast.Topics)}: {dice.Of(podcast.Angles)}",
            at,
            dice.Between(podcast.Minutes.Least * 60, podcast.Minutes.Most * 60)
        )
        {
            GuestCharacters = hasGuest ? dice.Between(3_000, 9_000) : 0,
        };
    }
}
