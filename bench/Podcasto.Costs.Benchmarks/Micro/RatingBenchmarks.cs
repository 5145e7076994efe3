using BenchmarkDotNet.Attributes;
using Podcasto.Costs.Core.Numbers;

namespace Podcasto.Costs.Benchmarks;

/// <summary>What pricing an event costs: the exact product, in the common case and where it needs more than 128 bits.</summary>
[MemoryDiagnoser]
public class RatingBenchmarks
{
    [Benchmark(Baseline = true)]
    public decimal Token_count_by_published_price() => ExactMath.Cost(8_046m, 0.000016m);

    [Benchmark]
    public decimal Largest_product() => ExactMath.Cost(999_999_999_999.999999999m, 0.000000000000001m);

    [Benchmark]
    public DecimalFault Parse_a_quantity() => DecimalText.TryParse("602.934000000"u8, DecimalLimits.Quantity, out _);
}
