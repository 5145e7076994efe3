using Podcasto.Costs.Tests.Support;

[assembly: AssemblyFixture(typeof(SharedServers))]

namespace Podcasto.Costs.Tests.Support;

/// <summary>
/// Stops what all tests share when the last one is done. Hundreds of databases take seconds to delete: at the end of the process the runner
/// takes that for threads that were left running.
/// </summary>
public sealed class SharedServers : IDisposable
{
    public void Dispose() => PostgresServer.StopShared();
}
