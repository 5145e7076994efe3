using Microsoft.Extensions.Options;
using Podcasto.Costs.Server.Parquet;

namespace Podcasto.Costs.Server.Exports;

/// <summary>Bounds the memory of exports: each Parquet file that is made needs a turn.</summary>
internal sealed class ExportTurns(IOptions<ExportOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _turns = new(options.Value.ParquetFilesAtOnce);

    /// <summary>A turn, to be disposed at its end; null where all are taken.</summary>
    public IDisposable? TryTake() => _turns.Wait(0) ? new Turn(_turns) : null;

    /// <summary>A new folder for one file.</summary>
    /// <exception cref="DiskFullException">There is no room.</exception>
    public ScratchFolder OpenFolder()
    {
        try
        {
            return new ScratchFolder(Path.GetFullPath(options.Value.Directory));
        }
        catch (IOException exception) when (DiskFullException.IsMeantBy(exception))
        {
            throw new DiskFullException(options.Value.Directory, exception);
        }
    }

    public void Dispose() => _turns.Dispose();

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
                turns.Release();
        }
    }
}
