using Podcasto.Costs.Core.Numbers;

namespace Podcasto.Costs.Server.Hosting.Bodies;

internal static class DecimalFaults
{
    /// <summary>What a client reads of a fault.</summary>
    public static string Describe(DecimalFault fault, DecimalLimits limits) =>
        fault switch
        {
            DecimalFault.Negative => "must not be negative",
            DecimalFault.TooLarge => $"must not exceed {DecimalText.Format(limits.Maximum)}",
            DecimalFault.TooManyDecimals => $"must not have more than {limits.Decimals} decimals",
            _ => "must be a number in JSON's notation, such as 12.5 or \"12.5\"",
        };
}
