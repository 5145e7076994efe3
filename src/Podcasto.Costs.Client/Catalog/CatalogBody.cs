namespace Podcasto.Costs.Client.Catalog;

internal sealed record CatalogBody(IReadOnlyList<PodcastEntry> Podcasts, IReadOnlyList<EpisodeEntry> Episodes);
