using Podcasto.Costs.Core.Rollups;

namespace Podcasto.Costs.Server.Archive;

/// <summary>A Parquet file of a month's events, in the order of time and id, as the database knows it.</summary>
internal sealed record ArchiveFile
{
    public Guid Id { get; init; }

    /// <summary>The month's first day.</summary>
    public DateOnly Month { get; init; }

    /// <summary>Below the directory, or below the prefix of the bucket; slashes in it.</summary>
    public string Path { get; init; } = "";

    /// <summary>64 hexadecimal digits.</summary>
    public string Sha256 { get; init; } = "";

    public long ByteCount { get; init; }

    public long RowCount { get; init; }

    public decimal TotalCostUsd { get; init; }

    /// <summary>One of <see cref="ArchiveStates"/>.</summary>
    public string State { get; init; } = "";

    /// <summary>The first row, from 0, that is archived and not in the ledger's table.</summary>
    public long ArchivedFrom { get; init; }

    /// <summary>The first row after them that is not archived.</summary>
    public long ArchivedTo { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public string ManifestPath => System.IO.Path.ChangeExtension(Path, ".json");

    public static string PathOf(Guid id, Month month) => $"year={month.FirstDay:yyyy}/month={month.FirstDay:MM}/events-{id:D}.parquet";
}

/// <summary>What is happening with a file.</summary>
internal static class ArchiveStates
{
    /// <summary>It is not known to be whole: nothing reads it.</summary>
    public const string Writing = "writing";

    /// <summary>Its rows are leaving the ledger's table.</summary>
    public const string Archiving = "archiving";

    /// <summary>All of its rows have.</summary>
    public const string Archived = "archived";

    /// <summary>Its rows are coming back.</summary>
    public const string Restoring = "restoring";

    /// <summary>Nothing of it is archived, and it is being deleted: nothing reads it, and nothing may move rows to it any more.</summary>
    public const string Deleting = "deleting";
}
