namespace Podcasto.Costs.Cli.Sending;

/// <summary>One event of the input, on one line.</summary>
/// <param name="Text">The JSON, without a line's end in it.</param>
/// <param name="Number">Its line, or its place in the array, from 1.</param>
/// <param name="Start">Where its text starts in the input, in bytes.</param>
/// <param name="End">Where reading goes on behind it.</param>
internal readonly record struct EventLine(byte[] Text, long Number, long Start, long End);
