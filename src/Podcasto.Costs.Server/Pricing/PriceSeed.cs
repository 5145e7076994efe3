using System.Text.Json;
using Microsoft.Extensions.Options;
using Podcasto.Costs.Server.Audit;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Bodies;

namespace Podcasto.Costs.Server.Pricing;

/// <summary>Fills an empty price table from the list that lies beside the executable.</summary>
internal sealed partial class PriceSeed(PriceStore prices, IOptions<PricingOptions> options, TimeProvider clock, ILogger<PriceSeed> log)
    : IStartupStep
{
    private static readonly string File = Path.Combine(AppContext.BaseDirectory, "Pricing", "start-up-prices.json");

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Seed || (await prices.ListAsync(new PriceFilter(null, null, null, null, null), cancellationToken)).Count > 0)
            return;
        var list = Read(await System.IO.File.ReadAllBytesAsync(File, cancellationToken));
        if (await prices.AddAsync(list, onlyIfEmpty: true, Actor.Server, cancellationToken) is { } overlap)
            throw new InvalidOperationException($"{File}: two prices of {overlap.Added.Service} per {overlap.Added.Unit} overlap.");
        Log.Seeded(log, list.Count);
    }

    private List<NewPrice> Read(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var errors = new FieldErrors();
        var list = document
            .RootElement.EnumerateArray()
            .Select((element, index) => NewPrice.Read(element, $"/{index}", clock.GetUtcNow(), errors))
            .OfType<NewPrice>()
            .ToList();
        if (errors.Any)
            throw new InvalidOperationException(
                $"{File}: {string.Join("; ", errors.Messages.Select(error => $"{error.Key} {string.Join(", ", error.Value)}"))}"
            );
        return list;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The price table was empty: {Count} start-up prices were loaded")]
        public static partial void Seeded(ILogger logger, int count);
    }
}
