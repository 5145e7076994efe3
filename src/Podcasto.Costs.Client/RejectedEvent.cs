namespace Podcasto.Costs.Client;

/// <summary>An event that was set aside, because no server will ever take it as it is.</summary>
/// <param name="Json">The event as it was sent; of one that could not be written as JSON its service.</param>
/// <param name="Reasons">What is wrong with it, such as <c>/quantity must not be negative</c>.</param>
public sealed record RejectedEvent(string Json, IReadOnlyList<string> Reasons);
