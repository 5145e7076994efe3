namespace Podcasto.Costs.Core.Events;

/// <summary>Where an event's unit cost came from.</summary>
public enum PricedBy
{
    /// <summary>Nothing priced it: cost 0, counted as unpriced.</summary>
    None,

    /// <summary>The event carried it.</summary>
    Event,

    /// <summary>The price book.</summary>
    Price,
}
