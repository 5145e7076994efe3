namespace Podcasto.Costs.Core.Pricing;

/// <summary>What a number of units of a service costs, over a span of time.</summary>
/// <param name="Id">The price's id.</param>
/// <param name="Service">A service, or one that ends in <c>*</c> and covers all that start like it.</param>
/// <param name="Region">The region it holds for; null for any.</param>
/// <param name="Model">The model it holds for; null for any.</param>
/// <param name="Unit">The unit it prices.</param>
/// <param name="UnitCostUsd">US dollars for <paramref name="UnitQuantity"/> units; zero or more.</param>
/// <param name="UnitQuantity">A power of ten from 1 to 10^9, as providers quote.</param>
/// <param name="EffectiveFrom">First instant it applies to, inclusive, UTC.</param>
/// <param name="EffectiveTo">First instant it no longer applies to; null while in force.</param>
public sealed record Price(
    Guid Id,
    string Service,
    string? Region,
    string? Model,
    string Unit,
    decimal UnitCostUsd,
    long UnitQuantity,
    DateTimeOffset EffectiveFrom,
    DateTimeOffset? EffectiveTo
)
{
    /// <summary>US dollars for one unit, exact: a cost divided by a power of ten.</summary>
    public decimal CostOfOneUnitUsd => UnitCostUsd / UnitQuantity;

    /// <summary>Whether the service ends in a star.</summary>
    public bool IsPattern => Service.EndsWith('*');

    /// <summary>Whether it applies at an instant.</summary>
    public bool IsInForceAt(DateTimeOffset instant) => EffectiveFrom <= instant && (EffectiveTo is not { } end || instant < end);

    /// <summary>Whether it speaks of a service.</summary>
    public bool Covers(string service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return IsPattern
            ? service.AsSpan().StartsWith(Service.AsSpan(0, Service.Length - 1), StringComparison.Ordinal)
            : string.Equals(Service, service, StringComparison.Ordinal);
    }

    /// <summary>Whether both are for the same service, region, model and unit.</summary>
    public bool HasKeyOf(Price other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Service, Region, Model, Unit) == (other.Service, other.Region, other.Model, other.Unit);
    }

    /// <summary>Whether the spans of time of two prices share an instant.</summary>
    public bool OverlapsInTime(Price other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (EffectiveTo is not { } end || other.EffectiveFrom < end) && (other.EffectiveTo is not { } otherEnd || EffectiveFrom < otherEnd);
    }
}
