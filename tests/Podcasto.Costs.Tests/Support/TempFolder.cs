namespace Podcasto.Costs.Tests.Support;

/// <summary>A folder of one test's own.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("podcasto-costs-test-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Files in it and below, by the end of their name.</summary>
    public string[] Files(string pattern) => Directory.GetFiles(Path, pattern, SearchOption.AllDirectories);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
