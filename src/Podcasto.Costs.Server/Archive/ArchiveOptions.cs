using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Podcasto.Costs.Server.Archive;

/// <summary>Section <c>Archive</c>: where months that have left the database lie, and when they leave it.</summary>
internal sealed class ArchiveOptions : IValidatableObject
{
    public const string Section = "Archive";

    /// <summary>Months that stay in the database, the current one not counted; older ones are archived by the schedule.</summary>
    /// <value>Default none: nothing is archived unless somebody asks for it. From 1 to 1,200.</value>
    [Range(1, 1_200)]
    public int? RetentionMonths { get; init; }

    /// <summary>The folder of the files, or, where <see cref="Bucket"/> is set, of copies of those that were read lately.</summary>
    /// <value>Default <c>data/archive</c> under the working directory. Several servers on one database need the same one.</value>
    [Required]
    public string Directory { get; init; } = "data/archive";

    /// <summary>A bucket of S3, or of a store that speaks its protocol.</summary>
    public string? Bucket { get; init; }

    /// <summary>What comes before the names of objects; ends in a slash where it is to be a folder.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The address of a store other than AWS's.</summary>
    [Url]
    public string? Endpoint { get; init; }

    /// <summary>The region of the bucket.</summary>
    /// <value>Default: what AWS's own settings say; with <see cref="Endpoint"/> <c>us-east-1</c>.</value>
    public string? Region { get; init; }

    /// <summary>Credentials; without them AWS's own look-up applies (environment, profile, role of the machine).</summary>
    public string? AccessKey { get; init; }

    /// <inheritdoc cref="AccessKey"/>
    public string? SecretKey { get; init; }

    /// <summary>How much of a bucket is kept in <see cref="Directory"/>; what was read longest ago goes first.</summary>
    /// <value>Default 4,096 megabytes. From 64.</value>
    [Range(64, int.MaxValue)]
    public int CacheMegabytes { get; init; } = 4_096;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(AccessKey) != string.IsNullOrEmpty(SecretKey))
            yield return new ValidationResult("Archive:AccessKey and Archive:SecretKey go together: set both, or neither.");
    }
}

[OptionsValidator]
internal sealed partial class ArchiveOptionsValidator : IValidateOptions<ArchiveOptions>;
