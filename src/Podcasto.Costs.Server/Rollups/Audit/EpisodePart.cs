using Podcasto.Costs.Core.Rollups;

namespace Podcasto.Costs.Server.Rollups.Audit;

/// <summary>Episodes that are compared together.</summary>
/// <param name="Range">From which to which.</param>
/// <param name="Sums">
/// What their events cost as their days were compared, by id: all of it, unless further events came since. Null where not all days were.
/// </param>
internal sealed record EpisodePart(EpisodeRange Range, IReadOnlyList<EpisodeCost>? Sums);
