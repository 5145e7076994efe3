using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Core.Pricing;
using Podcasto.Costs.Server.Hosting.Bodies;
using Podcasto.Costs.Server.Ingest.Reading;

namespace Podcasto.Costs.Benchmarks.Load;

/// <summary>The rows that the service would store for sample events: what the limits write.</summary>
internal static class RatedRows
{
    public static List<PricedEvent> Of(SampleEvents events, long first, int count, PriceBook prices)
    {
        var buffer = new byte[SampleEvents.MaxBytes];
        var reader = new EventReader(new Utf8StringPool(), TimeProvider.System.GetUtcNow());
        var rows = new List<PricedEvent>(count);
        for (var index = 0; index < count; index++)
        {
            var body = buffer.AsSpan(0, events.Write(first + index, buffer));
            var errors = new FieldErrors();
            if (EventBody.Read(body, reader, errors) is not [var costEvent])
                throw new InvalidOperationException(string.Join("; ", errors.Messages.Keys));
            rows.Add(Rating.Rate(costEvent, prices)!);
        }

        return rows;
    }
}
