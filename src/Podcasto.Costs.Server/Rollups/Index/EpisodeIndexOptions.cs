using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Podcasto.Costs.Server.Rollups.Index;

/// <summary>Section <c>EpisodeIndex</c>: what a server holds in memory so that pages count distinct episodes at once.</summary>
internal sealed class EpisodeIndexOptions
{
    public const string Section = "EpisodeIndex";

    /// <summary>About the most rows held, one for each episode of each day: of longer spans the database counts. A row takes 20 bytes, an episode about 60.</summary>
    /// <value>Default 1,000,000. From 0, where the database always counts, to 50,000,000.</value>
    [Range(0, 50_000_000)]
    public long MaxRows { get; init; } = 1_000_000;
}

[OptionsValidator]
internal sealed partial class EpisodeIndexOptionsValidator : IValidateOptions<EpisodeIndexOptions>;
