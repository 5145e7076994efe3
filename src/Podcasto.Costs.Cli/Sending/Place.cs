namespace Podcasto.Costs.Cli.Sending;

/// <summary>How far an input was read.</summary>
/// <param name="IsArray">Whether it is a JSON array; else it is NDJSON.</param>
/// <param name="Offset">In bytes.</param>
/// <param name="Number">Lines or items before it.</param>
internal readonly record struct Place(bool IsArray, long Offset, long Number);
