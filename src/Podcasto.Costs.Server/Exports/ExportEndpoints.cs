using Microsoft.AspNetCore.Http.HttpResults;
using Podcasto.Costs.Client.Exports;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Events;
using Podcasto.Costs.Server.Exports.Events;
using Podcasto.Costs.Server.Exports.Focus;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Lists;

namespace Podcasto.Costs.Server.Exports;

internal static class ExportEndpoints
{
    private const string Csv = "csv";
    private const string Parquet = "parquet";
    private const string Ndjson = "ndjson";
    private const string ParquetType = "application/vnd.apache.parquet";

    public static void MapExports(this IEndpointRouteBuilder routes)
    {
        var exports = routes
            .MapGroup("/api/v1/exports")
            .WithTags("Exports")
            .RequireAuthorization(Policies.Read)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        exports
            .MapGet("/focus", Focus)
            .WithName("ExportFocus")
            .WithSummary("A month's costs in FOCUS 1.2, as csv (default) or parquet")
            .Produces<Stream>(StatusCodes.Status200OK, "text/csv", ParquetType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Documents("month", "format");
        exports
            .MapGet("/focus/metadata", Metadata)
            .WithName("GetFocusMetadata")
            .WithSummary("What a month's FOCUS export holds: its columns, its sum, and the usage that it leaves out")
            .Produces<FocusMetadataView>()
            .Documents("month");
        exports
            .MapGet("/events", Events)
            .WithName("ExportEvents")
            .WithSummary("A month's events, oldest first, as ndjson (default), csv or parquet")
            .Produces<Stream>(StatusCodes.Status200OK, "application/x-ndjson", "text/csv", ParquetType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Documents("month", "format");
    }

    private static async Task<IResult> Focus(
        HttpRequest request,
        ExportMonths months,
        FocusReader focus,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var query = new ExportQuery(request, clock.GetUtcNow(), Csv, Parquet);
        if (await RefuseAsync(query, months, cancellationToken) is { } refused)
            return refused;
        var file = new ExportFile(
            "focus",
            query.Wanted,
            query.IsOpen,
            query.Format,
            $"{request.PathBase}/api/v1/exports/focus/metadata?month={query.Wanted}"
        );
        var rows = focus.ReadAsync(query.Wanted, cancellationToken);
        return query.Format == Parquet
            ? new ParquetAnswer<FocusRow>(rows, [.. FocusColumns.All.Select(column => column.Parquet)], file)
            : new FileAnswer(file, new CsvAnswer<FocusRow>(rows, [.. FocusColumns.All.Select(column => column.Csv)]));
    }

    private static async Task<Results<Ok<FocusMetadataView>, ProblemHttpResult>> Metadata(
        HttpRequest request,
        FocusMetadata metadata,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var query = new ExportQuery(request, clock.GetUtcNow());
        if (query.Refused is { } refused)
            return refused;
        return await metadata.FindAsync(query, cancellationToken) is { } view ? TypedResults.Ok(view) : Nothing(query.Wanted);
    }

    private static async Task<IResult> Events(
        HttpRequest request,
        ExportMonths months,
        LedgerReader ledger,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var query = new ExportQuery(request, clock.GetUtcNow(), Ndjson, Csv, Parquet);
        if (await RefuseAsync(query, months, cancellationToken) is { } refused)
            return refused;
        var file = new ExportFile("events", query.Wanted, query.IsOpen, query.Format, null);
        var rows = ledger.ReadMonthAsync(query.Wanted, cancellationToken);
        return query.Format switch
        {
            Parquet => new ParquetAnswer<StoredEvent>(rows, ExportedEvents.Parquet, file),
            Csv => new FileAnswer(file, new CsvAnswer<StoredEvent>(rows, ExportedEvents.Csv)),
            _ => new FileAnswer(file, new NdjsonAnswer<StoredEvent>(rows, EventLines.Write)),
        };
    }

    private static async Task<ProblemHttpResult?> RefuseAsync(ExportQuery query, ExportMonths months, CancellationToken cancellationToken) =>
        query.Refused ?? (await months.FindAsync(query.Wanted, cancellationToken) is null ? Nothing(query.Wanted) : null);

    private static ProblemHttpResult Nothing(Month month) => Problems.NotFound($"No event happened in {month}: there is nothing to export.");
}
