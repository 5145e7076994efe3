namespace Podcasto.Costs.Client.Catalog;

/// <summary>The answer to <c>PUT /api/v1/catalog</c>: the rollups hold what it changed.</summary>
/// <param name="Podcasts">Podcasts added or updated.</param>
/// <param name="Episodes">Episodes added or updated.</param>
public sealed record CatalogReceipt(int Podcasts, int Episodes);
