using System.Text.Json.Serialization;
using Podcasto.Costs.Client.Audit;
using Podcasto.Costs.Client.Catalog;
using Podcasto.Costs.Client.Daily;
using Podcasto.Costs.Client.Episodes;
using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Client.Explorer;
using Podcasto.Costs.Client.Exports;
using Podcasto.Costs.Client.Jobs;
using Podcasto.Costs.Client.Keys;
using Podcasto.Costs.Client.Monthly;
using Podcasto.Costs.Client.Podcasts;
using Podcasto.Costs.Client.Pricing;

namespace Podcasto.Costs.Client.Http;

/// <summary>What goes over the wire, read and written by generated code: nothing is looked up at run time, so trimming takes nothing away.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(DecimalConverter)]
)]
[JsonSerializable(typeof(IngestReceipt))]
[JsonSerializable(typeof(Page<EventView>))]
[JsonSerializable(typeof(Page<EpisodeCostView>))]
[JsonSerializable(typeof(Page<PodcastCostView>))]
[JsonSerializable(typeof(Page<DailyCostView>))]
[JsonSerializable(typeof(Page<MonthlyCostView>))]
[JsonSerializable(typeof(Page<CostCellView>))]
[JsonSerializable(typeof(Page<PriceView>))]
[JsonSerializable(typeof(Page<KeyView>))]
[JsonSerializable(typeof(Page<JobView>))]
[JsonSerializable(typeof(Page<AuditEntryView>))]
[JsonSerializable(typeof(FocusMetadataView))]
[JsonSerializable(typeof(CatalogBody))]
[JsonSerializable(typeof(CatalogReceipt))]
[JsonSerializable(typeof(NewPrice[]))]
[JsonSerializable(typeof(PriceView[]))]
[JsonSerializable(typeof(NewKey))]
[JsonSerializable(typeof(NewKeyView))]
[JsonSerializable(typeof(NewJob))]
[JsonSerializable(typeof(DailyAggregationView))]
[JsonSerializable(typeof(MonthlyAggregationView))]
[JsonSerializable(typeof(ProblemBody))]
internal sealed partial class WireContext : JsonSerializerContext;
