using System.Runtime.CompilerServices;
using System.Text;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Archive;
using Podcasto.Costs.Server.Archive.Reading;
using Podcasto.Costs.Server.Catalog;
using Podcasto.Costs.Server.Parquet;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Explorer;

/// <summary>The explorer's cells of archived events, for what no rollup holds: the costs of episodes by service, model or region.</summary>
internal sealed class ArchivedCells(Database database, ArchiveReader archive, CategoryRules categories)
{
    /// <summary>Adds archived events to cells of the table, in the order of the answer.</summary>
    /// <param name="live">The table's cells; read to their end first.</param>
    /// <param name="snapshot">The one that they are read in.</param>
    /// <param name="files">What was archived, as of it.</param>
    /// <param name="query">What is asked.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async IAsyncEnumerable<ExplorerCell> AddToAsync(
        IAsyncEnumerable<ExplorerCell> live,
        LedgerTransaction snapshot,
        IReadOnlyList<ArchiveFile> files,
        ExplorerQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var cells = new Dictionary<CellKey, (decimal CostUsd, long Events)>();
        await foreach (var cell in live.WithCancellation(cancellationToken))
            Add(new CellKey(cell.Period, cell.Dimensions), cell.TotalCostUsd, cell.EventCount);
        using (var events = await archive.OpenAsync(files, cancellationToken))
        {
            foreach (var chunk in Read(events, query, cancellationToken).Chunk(10_000))
            {
                var podcasts = query.Uses(Dimension.Podcast)
                    ? await CatalogPodcasts.OfAsync(
                        database,
                        snapshot,
                        chunk.Where(row => row.Podcast is null).Select(row => row.Episode).OfType<Guid>(),
                        cancellationToken
                    )
                    : null;
                foreach (var row in chunk)
                {
                    var podcast = row.Podcast ?? (row.Episode is { } episode && podcasts?.TryGetValue(episode, out var known) == true ? known : null);
                    if (query.Filters.TryGetValue(Dimension.Podcast, out var wanted) && !wanted.Equals(podcast))
                        continue;
                    Add(new CellKey(PeriodOf(row.Day, query), DimensionsOf(row, podcast, query)), row.CostUsd, row.Events);
                }
            }
        }

        foreach (
            var (key, sums) in cells
                .OrderBy(cell => cell.Key.Period, StringComparer.Ordinal)
                .ThenByDescending(cell => cell.Value.CostUsd)
                .ThenBy(cell => cell.Key.Dimensions, ByDimensions)
        )
            yield return new ExplorerCell(key.Period, key.Dimensions, sums.CostUsd, sums.Events);

        void Add(CellKey key, decimal costUsd, long events)
        {
            var (cost, count) = cells.GetValueOrDefault(key);
            cells[key] = (cost + costUsd, count + events);
        }
    }

    // Grouped finer than asked where the catalog has a say: its podcasts are added here.
    private IEnumerable<Row> Read(ArchivedEvents events, ExplorerQuery query, CancellationToken cancellationToken)
    {
        var grouped = query.GroupBy.Where(dimension => dimension is not (Dimension.Podcast or Dimension.Episode)).ToList();
        var byPodcast = query.Uses(Dimension.Podcast);
        var sql = new StringBuilder("select cast(timestamp as date) as day, ");
        sql.Append(byPodcast || query.GroupBy.Contains(Dimension.Episode) ? "episode_id" : "null::uuid as episode_id").Append(", ");
        sql.Append(byPodcast ? "podcast_id" : "null::uuid as podcast_id").Append(", sum(total_cost_usd), count(*)");
        foreach (var dimension in grouped)
            sql.Append(", ").Append(Expression(dimension)).Append(" as g_").Append(dimension);

        var conditions = new Conditions();
        var parameters = new Dictionary<string, object>();
        conditions.AddIf(query.From is not null, $"timestamp >= {Start(query.From)}");
        conditions.AddIf(query.To is not null, $"timestamp < {Start(query.To is { } to && to < DateOnly.MaxValue ? to.AddDays(1) : query.To)}");
        foreach (var (dimension, value) in query.Filters.Where(filter => filter.Key != Dimension.Podcast))
        {
            conditions.Add($"{Expression(dimension)} = ${dimension}");
            parameters.Add(dimension, value);
        }

        sql.Append(" from events ").Append(conditions.Where).Append(" group by all");
        return events.Query(
            sql.ToString(),
            parameters,
            row => new Row(
                row.Date(0),
                row.IdOrNull(1),
                row.IdOrNull(2),
                row.Decimal(3),
                row.Integer(4),
                [.. grouped.Select((_, index) => row.TextOrNull(index + 5))]
            ),
            cancellationToken
        );
    }

    private string Expression(string dimension) => dimension == Dimension.Category ? CategorySql.Of(categories, "service") : dimension;

    private static string Start(DateOnly? day) =>
        ArchivedEventFilter.Instant(new DateTimeOffset(day ?? DateOnly.MinValue, TimeOnly.MinValue, TimeSpan.Zero));

    private static string? PeriodOf(DateOnly day, ExplorerQuery query) =>
        query.Granularity switch
        {
            "day" => SqliteText.Of(day),
            "month" => Month.Of(day).ToString(),
            _ => null,
        };

    private static string?[] DimensionsOf(Row row, Guid? podcast, ExplorerQuery query)
    {
        var next = 0;
        return
        [
            .. query.GroupBy.Select(dimension =>
                dimension switch
                {
                    Dimension.Podcast => podcast?.ToString("D"),
                    Dimension.Episode => row.Episode?.ToString("D"),
                    _ => row.Dimensions[next++],
                }
            ),
        ];
    }

    private static readonly IComparer<IReadOnlyList<string?>> ByDimensions = Comparer<IReadOnlyList<string?>>.Create(
        (left, right) =>
            left.Zip(right)
                .Select(pair =>
                    pair.First is null || pair.Second is null
                        ? (pair.First is null).CompareTo(pair.Second is null)
                        : string.CompareOrdinal(pair.First, pair.Second)
                )
                .FirstOrDefault(order => order != 0)
    );

    private sealed record Row(DateOnly Day, Guid? Episode, Guid? Podcast, decimal CostUsd, long Events, IReadOnlyList<string?> Dimensions);

    private sealed class CellKey(string? period, IReadOnlyList<string?> dimensions) : IEquatable<CellKey>
    {
        public string? Period { get; } = period;

        public IReadOnlyList<string?> Dimensions { get; } = dimensions;

        public bool Equals(CellKey? other) => other is not null && Period == other.Period && Dimensions.SequenceEqual(other.Dimensions);

        public override bool Equals(object? obj) => Equals(obj as CellKey);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.Add(Period);
            foreach (var dimension in Dimensions)
                hash.Add(dimension);
            return hash.ToHashCode();
        }
    }
}
