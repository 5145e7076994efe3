using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Podcasto.Costs.Client.AI;

/// <summary>Adds the tracking of costs to chat clients.</summary>
public static class ChatCostTracking
{
    /// <summary>
    /// Tracks an event for every call that passes: what lies outside of this, such as retries or the calling of tools, makes calls that each
    /// count; what lies inside is not seen.
    /// </summary>
    /// <param name="builder">The client's; put this last, next to the client itself.</param>
    /// <param name="tracker">Takes the events; by default that of the builder's services. Without one nothing is tracked.</param>
    /// <param name="options">What calls are booked as.</param>
    /// <returns>The same builder.</returns>
    public static ChatClientBuilder UseCostTracking(this ChatClientBuilder builder, ICostTracker? tracker = null, ChatCostOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use(
            (inner, services) =>
                (tracker ?? services.GetService<ICostTracker>()) is { } found ? new CostTrackingChatClient(inner, found, options) : inner
        );
    }
}
