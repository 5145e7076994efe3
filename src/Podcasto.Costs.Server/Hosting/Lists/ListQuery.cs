using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Podcasto.Costs.Server.Hosting.Lists;

/// <summary>A request for a list: its page, its filters, and the answer as JSON or CSV.</summary>
internal sealed class ListQuery : QueryValues
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1_000;

    private readonly HttpContext _context;
    private readonly string _fingerprint;

    public ListQuery(HttpRequest request, string list, params IEnumerable<string> filters)
        : base(request, [.. filters, "limit", "cursor", "format"])
    {
        _context = request.HttpContext;
        IsCsv = OneOf("format", ["json", "csv"]) is { } format ? format == "csv" : PrefersCsv(request);
        Limit = ReadLimit();
        _fingerprint = ListCursor.Fingerprint(list, Values.Where(value => value.Key is not ("limit" or "cursor" or "format")));
        if (Values.TryGetValue("cursor", out var cursor))
        {
            After = ListCursor.Read(cursor, _fingerprint);
            if (After is null)
                Errors.Add("cursor", "is not a cursor of this list and these filters; take next_cursor as it was given");
        }

        if (IsCsv)
            After = null;
    }

    public bool IsCsv { get; }

    public int Limit { get; }

    /// <summary>The key of the last item of the page before; null to start at the beginning.</summary>
    public IReadOnlyList<string?>? After { get; private set; }

    /// <summary>How many rows to read: one more than the page, to see whether there is another; all for CSV.</summary>
    public long Fetch => IsCsv ? long.MaxValue : Limit + 1;

    /// <summary>Refuses a cursor whose key does not read as it should.</summary>
    public void RefuseCursor()
    {
        After = null;
        Errors.Add("cursor", "is not a cursor of this list; take next_cursor as it was given");
    }

    /// <summary>Answers with the rows after <see cref="After"/>.</summary>
    /// <param name="rows">In the list's order.</param>
    /// <param name="key">What places an item in that order.</param>
    /// <param name="columns">The columns of CSV; by default the properties of the item.</param>
    public async Task<IResult> AnswerAsync<T>(
        IAsyncEnumerable<T> rows,
        Func<T, IReadOnlyList<string?>> key,
        IReadOnlyList<CsvColumn<T>>? columns = null
    )
    {
        if (IsCsv)
            return new CsvAnswer<T>(rows, columns ?? CsvColumn<T>.OfProperties());
        var items = new List<T>();
        await foreach (var row in rows.WithCancellation(_context.RequestAborted))
        {
            if (items.Count == Limit)
                return TypedResults.Ok(new ItemsOf<T>(items, ListCursor.Write(_fingerprint, key(items[^1]))));
            items.Add(row);
        }

        return TypedResults.Ok(new ItemsOf<T>(items, null));
    }

    /// <summary>Answers with a list that is read from its start: the items behind the one that the cursor names.</summary>
    /// <param name="rows">In the list's order.</param>
    /// <param name="key">What places an item in that order.</param>
    /// <param name="isAfter">Whether an item comes after a key; a key that cannot be read is refused by an exception of format.</param>
    /// <param name="columns">The columns of CSV; by default the properties of the item.</param>
    public async Task<IResult> AnswerAsync<T>(
        IAsyncEnumerable<T> rows,
        Func<T, IReadOnlyList<string?>> key,
        Func<T, IReadOnlyList<string?>, bool> isAfter,
        IReadOnlyList<CsvColumn<T>>? columns = null
    )
    {
        if (After is not { } after)
            return await AnswerAsync(rows, key, columns);
        try
        {
            return await AnswerAsync(rows.SkipWhile(row => !isAfter(row, after)), key, columns);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            RefuseCursor();
            return Refused!;
        }
    }

    /// <summary>Answers with a short list that is in memory.</summary>
    /// <inheritdoc cref="AnswerAsync{T}(IAsyncEnumerable{T}, Func{T, IReadOnlyList{string?}}, Func{T, IReadOnlyList{string?}, bool}, IReadOnlyList{CsvColumn{T}}?)" path="/param"/>
    public Task<IResult> AnswerAsync<T>(
        IReadOnlyList<T> rows,
        Func<T, IReadOnlyList<string?>> key,
        Func<T, IReadOnlyList<string?>, bool> isAfter,
        IReadOnlyList<CsvColumn<T>>? columns = null
    ) => AnswerAsync(rows.ToAsyncEnumerable(), key, isAfter, columns);

    private int ReadLimit()
    {
        if (!Values.TryGetValue("limit", out var text))
            return DefaultLimit;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit)
            return limit;
        Errors.Add("limit", $"must be from 1 to {MaxLimit}");
        return DefaultLimit;
    }

    private static bool PrefersCsv(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
            return false;
        var csv = Quality(accepted, "text/csv");
        return csv > 0 && csv >= Quality(accepted, "application/json");
    }

    private static double Quality(IEnumerable<MediaTypeHeaderValue> accepted, string type) =>
        accepted
            .Where(value => value.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase))
            .Select(value => value.Quality ?? 1)
            .DefaultIfEmpty(0)
            .Max();
}
