using CsCheck;
using Podcasto.Costs.Core.Rollups;

namespace Podcasto.Costs.Tests.Rollups;

public sealed class OutliersTests
{
    [Fact]
    public void A_cost_far_from_the_others_stands_out_and_moves_no_limit()
    {
        decimal[] usual = [1.0m, 1.1m, 0.9m, 1.2m, 0.8m, 1.0m, 1.1m, 0.9m];
        var outliers = Outliers.Of([.. usual, 1_000_000_000m]);
        Assert.Equal(1.0m, outliers.MedianUsd);
        Assert.Equal(0.1m, outliers.DeviationUsd);
        Assert.Equal(1.5m, outliers.LimitUsd);
        Assert.True(outliers.Contains(1_000_000_000m));
        Assert.True(outliers.Contains(1.5000000001m));
        Assert.False(outliers.Contains(1.5m));
        Assert.DoesNotContain(usual, outliers.Contains);
    }

    [Fact]
    public void Where_costs_vary_more_the_deviations_decide()
    {
        var outliers = Outliers.Of([1, 2, 3, 4, 5, 6, 7, 8, 9]);
        Assert.Equal(5m + 5 * 2m, outliers.LimitUsd);
    }

    [Fact]
    public void Where_most_costs_are_the_same_a_small_difference_does_not_stand_out()
    {
        var outliers = Outliers.Of([.. Enumerable.Repeat(0.4m, 20), 0.41m]);
        Assert.Equal(0m, outliers.DeviationUsd);
        Assert.False(outliers.Contains(0.41m));
        Assert.True(outliers.Contains(0.61m));
    }

    [Fact]
    public void Of_a_few_costs_nothing_stands_out()
    {
        Assert.Null(Outliers.Of([]).LimitUsd);
        Assert.False(Outliers.Of([1, 1, 1, 1, 1, 1, 1000]).Contains(1000));
    }

    [Fact]
    public void Fewer_than_half_of_the_costs_stand_out_ever() =>
        Gen.Decimal[0m, 1_000_000_000m]
            .Array[0, 60]
            .Sample(costs =>
            {
                var outliers = Outliers.Of(costs);
                Assert.True(costs.Count(outliers.Contains) * 2 <= costs.Length);
            });
}
