namespace Podcasto.Costs.Core.Numbers;

/// <summary>Why a text is not a decimal within its limits.</summary>
public enum DecimalFault
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>It does not follow the JSON number grammar.</summary>
    NotANumber,

    /// <summary>It is below zero.</summary>
    Negative,

    /// <summary>It is above the largest value.</summary>
    TooLarge,

    /// <summary>It has more digits after the point than the field takes.</summary>
    TooManyDecimals,
}
