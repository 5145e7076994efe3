using Podcasto.Costs.Client.Pricing;
using Podcasto.Costs.Core.Pricing;
using Podcasto.Costs.Server.Explorer;

namespace Podcasto.Costs.Server.Pricing;

/// <summary>What a price would do if it were added.</summary>
public sealed record PricePreview
{
    /// <summary>The price.</summary>
    public required PriceView Price { get; init; }

    /// <summary>Whether a start was given; else it starts when it is added.</summary>
    public required bool HasStart { get; init; }

    /// <summary>The stored price that forbids it; null where it can be added.</summary>
    public required Price? Overlapped { get; init; }

    /// <summary>The open price that would end at its start; null for none.</summary>
    public required Price? Closed { get; init; }

    /// <summary>What of the recent ledger it speaks of, most events first.</summary>
    public required IReadOnlyList<CoveredUsage> Covered { get; init; }
}

/// <summary>Recent usage that a price speaks of.</summary>
/// <param name="Usage">The usage.</param>
/// <param name="Better">A price that fits it better and stays in force; null where the new one applies.</param>
public sealed record CoveredUsage(Usage Usage, Price? Better);

/// <summary>Tries a price out without storing it.</summary>
internal sealed class PricePreviews(PriceStore prices, UsageStore usages, TimeProvider clock)
{
    /// <summary>What a price would do.</summary>
    public async Task<PricePreview> OfAsync(NewPrice added, bool hasStart, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var stored = (await prices.ListAsync(new PriceFilter(null, null, null, null, null), cancellationToken)).Select(PriceStore.PriceOf).ToList();
        var history = new PriceHistory(stored);
        var overlapped = history.Add(added.Price);
        var closed = history.Closed.Count > 0 ? history.Closed[0] : null;
        var book = new PriceBook(0, [.. stored.Where(price => price.Id != closed?.Id), .. new[] { closed }.OfType<Price>(), added.Price]);
        var since = DateOnly.FromDateTime(now.UtcDateTime).AddDays(1 - UsageStore.Days);
        return new PricePreview
        {
            Price = added.ToView(),
            HasStart = hasStart,
            Overlapped = overlapped,
            Closed = closed,
            Covered =
            [
                .. (await usages.SinceAsync(since, cancellationToken))
                    .Where(usage => Covers(added.Price, usage))
                    .OrderByDescending(usage => usage.EventCount)
                    .Select(usage => new CoveredUsage(usage, Better(book, added.Price, usage, now))),
            ],
        };
    }

    private static bool Covers(Price price, Usage usage) =>
        price.Covers(usage.Service) && (price.Model is null || price.Model == usage.Model) && (price.Region is null || price.Region == usage.Region);

    // As of now where it is in force by then, else as of its start.
    private static Price? Better(PriceBook book, Price price, Usage usage, DateTimeOffset now)
    {
        var best = book.Find(usage.Service, price.Unit, usage.Model, usage.Region, price.IsInForceAt(now) ? now : price.EffectiveFrom);
        return best?.Id == price.Id ? null : best;
    }
}
