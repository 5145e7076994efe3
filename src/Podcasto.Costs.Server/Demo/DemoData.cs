using Podcasto.Costs.Client.Catalog;

namespace Podcasto.Costs.Server.Demo;

/// <summary>Ninety days of eight podcasts: the same for the same last day, to the last digit.</summary>
internal sealed class DemoData
{
    private const ulong Seed = 20_260_101;

    private readonly DateOnly _today;
    private readonly List<Guid> _podcastIds;
    private readonly IReadOnlyList<EpisodePlan> _plans;

    /// <param name="today">The last day, UTC.</param>
    public DemoData(DateOnly today)
    {
        _today = today;
        var dice = DiceOf(0);
        _podcastIds = [.. DemoPodcasts.All.Select(_ => dice.Id(DemoCalendar.Start(FirstDay)))];
        _plans = DemoCalendar.Plan(today, dice, _podcastIds);
    }

    public DateOnly FirstDay => _today.AddDays(1 - DemoCalendar.Days);

    /// <summary>When the price of a voice rises.</summary>
    public DateTimeOffset PriceChangeAt => DemoCalendar.Start(_today.AddDays(-DemoCalendar.Days / 2));

    public Guid PriceId => DiceOf(1).Id(PriceChangeAt);

    public IReadOnlyList<PodcastEntry> Podcasts =>
        [.. _podcastIds.Select((id, index) => new PodcastEntry { Id = id, Title = DemoPodcasts.All[index].Title })];

    public IReadOnlyList<EpisodeEntry> Episodes =>
        [
            .. _plans.Select(plan => new EpisodeEntry
            {
                Id = plan.Id,
                PodcastId = plan.PodcastId,
                Title = plan.Title,
                PublishedAt = plan.PublishedAt,
                DurationSeconds = plan.Seconds,
            }),
        ];

    public IEnumerable<DemoEvent> Events() =>
        _plans
            .SelectMany((plan, index) => new EpisodeEvents(plan, DiceOf(1_000 + index)).All())
            .Concat(
                Enumerable
                    .Range(0, DemoCalendar.Days)
                    .SelectMany(day => new BackgroundEvents(DiceOf(2_000 + day), _podcastIds).OfDay(FirstDay.AddDays(day), day))
            );

    private Dice DiceOf(int part) => new(Seed + (ulong)_today.DayNumber * 10_000 + (ulong)part);
}
