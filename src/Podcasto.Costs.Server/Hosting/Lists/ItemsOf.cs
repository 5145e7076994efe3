namespace Podcasto.Costs.Server.Hosting.Lists;

/// <summary>A page of a list.</summary>
/// <param name="Items">At most <c>limit</c> of them.</param>
/// <param name="NextCursor">What <c>cursor</c> takes to go on; null at the end.</param>
internal sealed record ItemsOf<T>(IReadOnlyList<T> Items, string? NextCursor);
