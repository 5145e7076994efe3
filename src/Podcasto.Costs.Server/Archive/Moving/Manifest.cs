namespace Podcasto.Costs.Server.Archive.Moving;

/// <summary>What lies beside a file as <c>.json</c>, for people and other programs.</summary>
internal sealed record Manifest
{
    /// <summary>The name of the file that it is about.</summary>
    public required string File { get; init; }

    /// <summary>yyyy-MM, UTC.</summary>
    public required string Month { get; init; }

    /// <summary>Its events.</summary>
    public required long Rows { get; init; }

    /// <summary>Its size.</summary>
    public required long Bytes { get; init; }

    /// <summary>64 hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>US dollars.</summary>
    public required decimal TotalCostUsd { get; init; }

    /// <summary>Its events by service, in the order of names.</summary>
    public required IReadOnlyList<ServiceSum> Services { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>The events of a service.</summary>
internal sealed record ServiceSum
{
    public string Service { get; init; } = "";

    public long Events { get; init; }

    /// <summary>Units of any kind.</summary>
    public decimal Quantity { get; init; }

    /// <summary>US dollars.</summary>
    public decimal TotalCostUsd { get; init; }

    /// <summary>Adds sums up by service.</summary>
    public static IReadOnlyList<ServiceSum> Add(IEnumerable<ServiceSum> sums) =>
        [
            .. sums.GroupBy(sum => sum.Service, StringComparer.Ordinal)
                .OrderBy(service => service.Key, StringComparer.Ordinal)
                .Select(service => new ServiceSum
                {
                    Service = service.Key,
                    Events = service.Sum(sum => sum.Events),
                    Quantity = service.Sum(sum => sum.Quantity),
                    TotalCostUsd = service.Sum(sum => sum.TotalCostUsd),
                }),
        ];
}
