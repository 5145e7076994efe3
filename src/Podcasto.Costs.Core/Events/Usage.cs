namespace Podcasto.Costs.Core.Events;

/// <summary>What an event's metadata says of its size, where it says so in numbers.</summary>
/// <param name="Tokens"><c>input_tokens</c> + <c>output_tokens</c>; null where neither is a number.</param>
/// <param name="DurationSeconds"><c>duration_seconds</c>, else <c>duration_ms</c> / 1000.</param>
/// <param name="FileSizeMb"><c>file_size_mb</c>.</param>
public readonly record struct Usage(decimal? Tokens, decimal? DurationSeconds, decimal? FileSizeMb);
