using System.Globalization;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Dashboard.Filters;
using Podcasto.Costs.Server.Dashboard.Text;
using Podcasto.Costs.Server.Hosting;

namespace Podcasto.Costs.Server.Explorer;

/// <summary>What the explorer's page shows: all of it is in its address.</summary>
public sealed record ExplorerView
{
    /// <summary>Of <c>granularity</c>, and what each is called.</summary>
    public static readonly IReadOnlyList<(string Name, string Label)> Granularities = [("total", "Total"), ("month", "By month"), ("day", "By day")];

    /// <summary>The days.</summary>
    public required Period Period { get; init; }

    /// <summary><c>total</c>, <c>month</c> or <c>day</c>: whether rows are kept apart by time.</summary>
    public required string Granularity { get; init; }

    /// <summary>One or more dimensions.</summary>
    public required IReadOnlyList<string> GroupBy { get; init; }

    /// <summary>Values of dimensions, as text.</summary>
    public required IReadOnlyDictionary<string, string> Filters { get; init; }

    /// <summary>How many rows come before this page.</summary>
    public int Skip { get; init; }

    /// <summary>Whether the chart has a column a day; else it has one a month.</summary>
    public bool HasDays => Granularity != "month" && Period.Days <= MaxColumns;

    // More columns than this are a smear.
    private const int MaxColumns = 186;
    private const int MaxText = 512;

    /// <summary>Reads a query; what makes no sense in it is as if absent.</summary>
    /// <param name="query">The page's.</param>
    /// <param name="today">The UTC day now.</param>
    public static ExplorerView Read(IQueryCollection query, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(query);
        var groups = query["group_by"].ToString().Split(',').Where(Dimension.All.Contains).Distinct(StringComparer.Ordinal).ToList();
        var granularity = query["granularity"].ToString();
        return new ExplorerView
        {
            Period = Period.Read(query["range"], query["from"], query["to"], today),
            Granularity = Granularities.Any(known => known.Name == granularity) ? granularity : "total",
            GroupBy = groups.Count > 0 ? groups : [Dimension.Category],
            Filters = Dimension
                .All.Select(dimension => (dimension, Value: Filter(dimension, query[NameOf(dimension)].ToString())))
                .Where(filter => filter.Value is not null)
                .ToDictionary(filter => filter.dimension, filter => filter.Value!, StringComparer.Ordinal),
            Skip = int.TryParse(query["cursor"], NumberStyles.None, CultureInfo.InvariantCulture, out var skip) && skip > 0 ? skip : 0,
        };
    }

    /// <summary>A dimension's name in addresses of pages.</summary>
    public static string NameOf(string dimension) =>
        dimension switch
        {
            Dimension.Podcast => "podcast",
            Dimension.Episode => "episode",
            _ => dimension,
        };

    /// <summary>What of the address makes it, the page of rows left out.</summary>
    public IReadOnlyList<(string Name, string? Value)> Query =>
        [
            ("group_by", string.Join(',', GroupBy)),
            ("granularity", Granularity == "total" ? null : Granularity),
            .. Filters.Select(filter => (NameOf(filter.Key), (string?)filter.Value)),
            .. Period.Query,
        ];

    /// <summary>Where it is.</summary>
    public string Address => PageAddress.Of("/explorer", Query);

    /// <summary>The same from the interface, as CSV.</summary>
    public string CsvAddress =>
        PageAddress.Of(
            "/api/v1/costs",
            [
                ("group_by", string.Join(',', GroupBy)),
                ("granularity", Granularity),
                .. Filters.Select(filter => (filter.Key, (string?)filter.Value)),
                ("from", DateText.Iso(Period.From)),
                ("to", DateText.Iso(Period.To)),
                ("format", "csv"),
            ]
        );

    /// <summary>The same without a filter.</summary>
    public ExplorerView Without(string dimension) =>
        this with
        {
            Filters = Filters.Where(filter => filter.Key != dimension).ToDictionary(),
            Skip = 0,
        };

    /// <summary>The same for some of its days.</summary>
    public ExplorerView During(DateOnly from, DateOnly to) => this with { Period = new Period(Period.Custom, from, to), Skip = 0 };

    /// <summary>What it asks of the store.</summary>
    internal ExplorerQuery Ask(IReadOnlyList<string> groupBy, string granularity) =>
        new(
            Period.From,
            Period.To,
            granularity,
            groupBy,
            Filters.ToDictionary(
                filter => filter.Key,
                filter => filter.Key is Dimension.Podcast or Dimension.Episode ? (object)Guid.Parse(filter.Value) : filter.Value,
                StringComparer.Ordinal
            )
        );

    private static string? Filter(string dimension, string text) =>
        dimension switch
        {
            Dimension.Podcast or Dimension.Episode => Ids.TryParse(text, out var id) ? id.ToString("D") : null,
            Dimension.Category => Categories.TryParse(text, out _) ? text : null,
            Dimension.EventType => EventTypes.Names.Contains(text) ? text : null,
            _ => text.Length is > 0 and <= MaxText && !text.Contains('\0', StringComparison.Ordinal) ? text : null,
        };
}
