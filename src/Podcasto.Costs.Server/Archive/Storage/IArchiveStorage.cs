namespace Podcasto.Costs.Server.Archive.Storage;

/// <summary>Where the files of the archive lie.</summary>
internal interface IArchiveStorage
{
    /// <summary>A folder of this machine with room for files in the making.</summary>
    string ScratchFolder { get; }

    /// <summary>Takes over a file.</summary>
    /// <param name="source">A file below <see cref="ScratchFolder"/>; it is gone afterwards.</param>
    /// <param name="path">Where it goes, with slashes.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="ArchiveException">It could not be stored.</exception>
    Task PutAsync(string source, string path, CancellationToken cancellationToken);

    /// <summary>A file on this machine, unchecked.</summary>
    /// <exception cref="ArchiveException">It is missing, or cannot be fetched.</exception>
    Task<LocalFile> FetchAsync(string path, CancellationToken cancellationToken);

    /// <summary>Throws a copy away, so that the next one is fetched anew.</summary>
    void Forget(string path);

    /// <summary>Deletes a file, where it is there.</summary>
    /// <exception cref="ArchiveException">It could not be deleted.</exception>
    Task DeleteAsync(string path, CancellationToken cancellationToken);

    /// <summary>A path as an operator would look for it.</summary>
    string Describe(string path);
}
