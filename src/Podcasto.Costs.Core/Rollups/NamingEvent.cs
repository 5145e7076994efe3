namespace Podcasto.Costs.Core.Rollups;

/// <summary>An event that names a podcast of its own.</summary>
/// <param name="Timestamp">When it happened, UTC.</param>
/// <param name="EventId">Its id; decides between events of one instant.</param>
/// <param name="PodcastId">The podcast that it names.</param>
public sealed record NamingEvent(DateTimeOffset Timestamp, Guid EventId, Guid PodcastId)
{
    /// <summary>Whether this one decides an episode's podcast rather than the other.</summary>
    public bool IsBefore(NamingEvent other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var order = Timestamp.CompareTo(other.Timestamp);
        return order < 0 || (order == 0 && EventId.CompareTo(other.EventId) < 0);
    }
}
