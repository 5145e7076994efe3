using Podcasto.Costs.Core.Rollups;

namespace Podcasto.Costs.Tests.Rollups;

public sealed class MonthTests
{
    [Fact]
    public void The_last_month_that_there_is_has_an_end()
    {
        Assert.Equal(DateTimeOffset.MaxValue, new Month(9999, 12).End);
        Assert.Equal(new Month(9999, 12).Start, new Month(9999, 11).End);
        Assert.Equal(new DateTimeOffset(1, 2, 1, 0, 0, 0, TimeSpan.Zero), new Month(1, 1).End);
    }
}
