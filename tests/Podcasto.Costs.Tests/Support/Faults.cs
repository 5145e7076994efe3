namespace Podcasto.Costs.Tests.Support;

/// <summary>How often faults are made: a few times by default, as often as the promise where COSTS_FAULTS is "long" (see tests/long-faults.sh).</summary>
internal static class Faults
{
    public static bool AreLong => Environment.GetEnvironmentVariable("COSTS_FAULTS") == "long";

    public static int Times(int usually, int atLength) => AreLong ? atLength : usually;
}
