namespace Podcasto.Costs.Server.Parquet;

/// <summary>There is no room for a file.</summary>
internal sealed class DiskFullException(string folder, Exception inner) : IOException($"The disk of {folder} is full.", inner);
