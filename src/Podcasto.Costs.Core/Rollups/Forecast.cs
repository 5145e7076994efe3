namespace Podcasto.Costs.Core.Rollups;

/// <summary>What a month will have cost at its end, if its remaining days cost what days cost lately.</summary>
public static class Forecast
{
    /// <summary>How many whole days before today the average is taken from.</summary>
    public const int DaysOfAverage = 28;

    /// <summary>Projects the month of a day.</summary>
    /// <param name="today">The day that is not over yet.</param>
    /// <param name="costUsd">US dollars of a day; 0 where nothing happened.</param>
    /// <param name="firstDay">The first day that has any cost; days before it are no part of the average.</param>
    /// <returns>
    /// US dollars: what the month's whole days cost, plus today at the average or what it has cost already, whichever is more, plus the
    /// average for each day after it. Rounded half-even to 12 decimals.
    /// </returns>
    public static decimal OfMonth(DateOnly today, Func<DateOnly, decimal> costUsd, DateOnly firstDay)
    {
        ArgumentNullException.ThrowIfNull(costUsd);
        var average = Average(today, costUsd, firstDay);
        var month = Month.Of(today);
        var past = 0m;
        for (var day = month.FirstDay; day < today; day = day.AddDays(1))
            past += costUsd(day);
        var daysToCome = month.LastDay.DayNumber - today.DayNumber;
        return decimal.Round(past + Math.Max(average, costUsd(today)) + average * daysToCome, 12, MidpointRounding.ToEven);
    }

    private static decimal Average(DateOnly today, Func<DateOnly, decimal> costUsd, DateOnly firstDay)
    {
        var first = today.AddDays(-DaysOfAverage);
        if (firstDay > first)
            first = firstDay;
        var days = today.DayNumber - first.DayNumber;
        if (days <= 0)
            return costUsd(today);
        var sum = 0m;
        for (var day = first; day < today; day = day.AddDays(1))
            sum += costUsd(day);
        return sum / days;
    }
}
