using System.Globalization;

namespace Podcasto.Costs.Tests.Exports;

/// <summary>A clock that runs as the system's does, from another time.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private TimeSpan _ahead;

    /// <summary>Sets it.</summary>
    public void Set(string instant) => _ahead = DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture) - base.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;
}
