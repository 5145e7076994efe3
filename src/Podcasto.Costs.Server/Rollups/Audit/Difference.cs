namespace Podcasto.Costs.Server.Rollups.Audit;

/// <summary>A place where a rollup does not equal its events.</summary>
/// <param name="Table">The rollup table.</param>
/// <param name="Key">The row, its key's columns joined by slashes.</param>
/// <param name="Column">The first column that differs; null where the row is missing or should not be there.</param>
/// <param name="Expected">What the events give; null for no row.</param>
/// <param name="Stored">What is stored; null for no row.</param>
internal sealed record Difference(string Table, string Key, string? Column, string? Expected, string? Stored)
{
    public override string ToString() =>
        (Column, Expected) switch
        {
            ({ } column, _) => $"{Table} {Key}: {column} is {Stored}, the events give {Expected}",
            (null, null) => $"{Table} {Key} is stored, the events give no such row",
            _ => $"{Table} {Key} is missing",
        };
}
