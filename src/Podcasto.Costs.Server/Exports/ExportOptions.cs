using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Podcasto.Costs.Server.Exports;

/// <summary>Section <c>Exports</c>: where Parquet files are made, and how many at a time.</summary>
internal sealed class ExportOptions
{
    public const string Section = "Exports";

    /// <summary>The folder in which a Parquet file is made before it is sent; nothing stays in it.</summary>
    /// <value>Default <c>data/exports</c> under the working directory. Needs room for the month's rows, twice.</value>
    [Required]
    public string Directory { get; init; } = "data/exports";

    /// <summary>Most Parquet files that are made at once; each takes up to about 300 MB of memory. Past it requests get 429.</summary>
    /// <value>Default 2. From 1 to 64.</value>
    [Range(1, 64)]
    public int ParquetFilesAtOnce { get; init; } = 2;
}

[OptionsValidator]
internal sealed partial class ExportOptionsValidator : IValidateOptions<ExportOptions>;
