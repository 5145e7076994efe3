using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Podcasto.Costs.Core.Pricing;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Catalog;
using Podcasto.Costs.Server.Events;
using Podcasto.Costs.Server.Pricing;

namespace Podcasto.Costs.Server.Exports.Focus;

/// <summary>Makes FOCUS rows of a month's events, archived ones included; memory does not grow with them.</summary>
internal sealed class FocusReader(LedgerReader ledger, TitleStore titles, PriceBooks prices, FocusServices services, IOptions<FocusOptions> options)
{
    // How many events one look at the titles serves.
    private const int EventsInLook = 5_000;

    /// <summary>The month's charges, day by day: a row for what its events have in common. What nothing priced is left out.</summary>
    public async IAsyncEnumerable<FocusRow> ReadAsync(Month month, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<Guid, Price>? list = null;
        var charges = new FocusCharges();
        await foreach (var events in ledger.ReadMonthAsync(month, cancellationToken).Chunk(EventsInLook).WithCancellation(cancellationToken))
        {
            // After the first events, so that the list has every price that they can name.
            list ??= (await prices.ReadCurrentAsync(cancellationToken)).Prices.ToDictionary(price => price.Id);
            var naming = await Naming.OfAsync(titles, events, cancellationToken);
            foreach (var row in events.Where(row => row.PricedBy != "none"))
            {
                var key = KeyOf(row, list, naming);
                if (charges.IsFull || charges.Day is { } day && day != key.Day)
                {
                    foreach (var closed in charges.Close())
                        yield return RowOf(closed, list);
                }

                charges.Add(key, row);
            }
        }

        foreach (var closed in charges.Close())
            yield return RowOf(closed, list!);
    }

    private static FocusKey KeyOf(StoredEvent row, Dictionary<Guid, Price> list, Naming naming) =>
        new()
        {
            Day = DateOnly.FromDateTime(row.Timestamp.UtcDateTime),
            EpisodeId = row.EpisodeId,
            EpisodeTitle = row.EpisodeId is { } episode ? naming.Episodes.At(episode, row.Timestamp) : null,
            PodcastId = row.EffectivePodcastId,
            PodcastTitle = row.EffectivePodcastId is { } podcast ? naming.Podcasts.At(podcast, row.Timestamp) : null,
            EventType = row.EventType,
            Service = row.Service,
            Unit = row.Unit,
            Model = row.Model,
            Region = row.Region,
            // A list that no longer says what the event cost cannot explain it: then the event's own unit cost does.
            PriceId = row.PriceId is { } id && list.TryGetValue(id, out var price) && price.CostOfOneUnitUsd == row.UnitCostUsd ? id : null,
            UnitCostUsd = row.UnitCostUsd,
        };

    private FocusRow RowOf(FocusCharge charge, Dictionary<Guid, Price> list) =>
        new(
            charge,
            services.Of(charge.Key.Service),
            charge.Key.PriceId is { } id ? FocusSku.Of(list[id]) : FocusSku.OfEvents(charge.Key),
            options.Value
        );

    private sealed record Naming(Titles Episodes, Titles Podcasts)
    {
        public static async Task<Naming> OfAsync(TitleStore titles, StoredEvent[] events, CancellationToken cancellationToken) =>
            new(
                await titles.OfEpisodesAsync(events.Select(row => row.EpisodeId).OfType<Guid>(), cancellationToken),
                await titles.OfPodcastsAsync(events.Select(row => row.EffectivePodcastId).OfType<Guid>(), cancellationToken)
            );
    }
}
