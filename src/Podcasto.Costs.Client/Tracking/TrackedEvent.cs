using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Client.Scopes;

namespace Podcasto.Costs.Client.Tracking;

/// <summary>An event with what only the moment of tracking knows.</summary>
/// <param name="Event">As it was handed in.</param>
/// <param name="At">When.</param>
/// <param name="Scope">What it is charged to where it does not say itself.</param>
internal readonly record struct TrackedEvent(NewEvent Event, DateTimeOffset At, CostScope? Scope);
