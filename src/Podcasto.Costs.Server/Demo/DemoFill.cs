using System.Globalization;
using Podcasto.Costs.Core.Pricing;
using Podcasto.Costs.Server.Audit;
using Podcasto.Costs.Server.Catalog;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Auth;
using Podcasto.Costs.Server.Hosting.Bodies;
using Podcasto.Costs.Server.Ingest;
using Podcasto.Costs.Server.Ingest.Reading;
using Podcasto.Costs.Server.Keys;
using Podcasto.Costs.Server.Pricing;
using Podcasto.Costs.Server.Sessions;

namespace Podcasto.Costs.Server.Demo;

/// <summary>
/// Fills an empty database before the first page is served, by the way that requests take. One that was killed goes on where it was:
/// the same events have the same ids.
/// </summary>
internal sealed class DemoFill(
    DemoMark mark,
    CatalogStore catalog,
    PriceStore prices,
    IngestQueue queue,
    Utf8StringPool pool,
    KeyStore keys,
    AdminKey admin,
    Welcome welcome,
    TimeProvider clock
) : IStartupStep
{
    private const string Voice = "gemini-2.5-flash-tts";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!await mark.IsFilledAsync(cancellationToken))
        {
            var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
            await FillAsync(await mark.LastDayAsync(cancellationToken) ?? today, cancellationToken);
        }

        if ((admin.Hash ?? await keys.FindAdminHashAsync(cancellationToken)) is { } hash)
            welcome.Invite(hash);
    }

    private async Task FillAsync(DateOnly lastDay, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        await mark.BeginAsync(lastDay, cancellationToken);
        var data = new DemoData(lastDay);
        await catalog.PutAsync(data.Podcasts, data.Episodes, cancellationToken);
        await RaisePriceAsync(data, cancellationToken);
        var count = 0;
        foreach (var body in EventBatches.Of(data.Events()))
            count += await SendAsync(body, cancellationToken);
        await mark.EndAsync(cancellationToken);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The demo is ready: {data.Episodes.Count} episodes and {count} events in {clock.GetElapsedTime(started).TotalSeconds:0.0} s."
            )
        );
    }

    // In the middle of the ninety days; a price that is there already overlaps, and stays.
    private async Task RaisePriceAsync(DemoData data, CancellationToken cancellationToken)
    {
        var price = new Price(data.PriceId, "gemini_tts", null, Voice, "output_tokens", 12.5m, 1_000_000, data.PriceChangeAt, null);
        await prices.AddAsync(
            [new NewPrice(price, "An invented rise of the demo", data.PriceChangeAt)],
            onlyIfEmpty: false,
            Actor.Console,
            cancellationToken
        );
    }

    private async Task<int> SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        if (EventBody.Read(body.Span, new EventReader(pool, clock.GetUtcNow()), errors) is not { } events)
            throw new InvalidOperationException($"The demo made a bad event: {errors.Messages.First()}");
        while (true)
        {
            if (queue.TryEnqueue(events) is { } answer)
            {
                await answer.WaitAsync(cancellationToken);
                return events.Count;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }
}
