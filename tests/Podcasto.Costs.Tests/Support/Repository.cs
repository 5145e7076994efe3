namespace Podcasto.Costs.Tests.Support;

internal static class Repository
{
    /// <summary>The folder of the solution; the build's output lies below it.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Podcasto.Costs.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside of the repository.");
        return folder;
    }
}
