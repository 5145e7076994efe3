namespace Podcasto.Costs.Server.Dashboard.Parts;

/// <summary>A part of a whole.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Usd">US dollars.</param>
/// <param name="Tone">The colour of its bar: s1 to s5; null for the first.</param>
/// <param name="Href">Where it leads; null for nowhere.</param>
public sealed record BreakdownRow(string Name, decimal Usd, string? Tone = null, string? Href = null);
