namespace Podcasto.Costs.Tests.Support;

internal static class Snapshot
{
    /// <summary>Compares with the committed text, or replaces it when UPDATE_SNAPSHOTS is 1; the difference is then read in the commit.</summary>
    public static void Matches(string name, string actual)
    {
        var file = Path.Combine(Repository.Root, "tests", "Podcasto.Costs.Tests", "Snapshots", name);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(file, actual);
        Assert.Equal(File.ReadAllText(file), actual, ignoreLineEndingDifferences: true);
    }
}
