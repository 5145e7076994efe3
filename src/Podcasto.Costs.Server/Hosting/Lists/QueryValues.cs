using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Hosting.Bodies;

namespace Podcasto.Costs.Server.Hosting.Lists;

/// <summary>The query parameters of a request, read strictly: unknown names, repeated ones and bad values are errors, not silence.</summary>
internal class QueryValues
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public QueryValues(HttpRequest request, params IEnumerable<string> names)
    {
        var known = names.ToHashSet(StringComparer.Ordinal);
        foreach (var (name, values) in request.Query)
        {
            if (!known.Contains(name))
                Errors.Add(
                    name,
                    known.Count == 0
                        ? "is unknown: this route takes no parameters"
                        : $"is not one of {string.Join(", ", known.Order(StringComparer.Ordinal))}"
                );
            else if (values.Count != 1)
                Errors.Add(name, "is given twice");
            else if (values[0]!.Contains('\0', StringComparison.Ordinal))
                Errors.Add(name, "must not hold a NUL");
            else
                _values.Add(name, values[0]!);
        }
    }

    public FieldErrors Errors { get; } = new();

    /// <summary>What is wrong; null where nothing is.</summary>
    public ProblemHttpResult? Refused => Errors.Any ? Problems.Invalid(Errors.Messages) : null;

    protected IReadOnlyDictionary<string, string> Values => _values;

    public string? Text(string name)
    {
        if (!_values.TryGetValue(name, out var text))
            return null;
        if (text.Length is > 0 and <= 512)
            return text;
        Errors.Add(name, "must have 1 to 512 characters");
        return null;
    }

    public Guid? Id(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (Ids.TryParse(text, out var id))
            return id;
        Errors.Add(name, "must be a UUID in 8-4-4-4-12 form");
        return null;
    }

    public string? OneOf(string name, IReadOnlyCollection<string> values)
    {
        if (Text(name) is not { } text)
            return null;
        if (values.Contains(text))
            return text;
        Errors.Add(name, $"must be one of {string.Join(", ", values)}");
        return null;
    }

    public DateTimeOffset? Instant(string name)
    {
        if (Text(name) is not { } text)
            return null;
        // A plus sign in a query is a blank unless it is escaped, and seldom is.
        if (Rfc3339.TryParse(text.Replace(' ', '+'), out var instant))
            return instant;
        Errors.Add(name, "must be an RFC 3339 time with an offset, such as 2026-01-31T09:30:00Z");
        return null;
    }

    public DateOnly? Date(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        Errors.Add(name, "must be a date, yyyy-MM-dd");
        return null;
    }

    public Month? Month(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (Core.Rollups.Month.TryParse(text, out var month))
            return month;
        Errors.Add(name, "must be a month, yyyy-MM");
        return null;
    }

    /// <summary>Refuses spans that end before they start.</summary>
    public void Order<T>(T? from, T? to)
        where T : struct, IComparable<T>
    {
        if (from is { } start && to is { } end && start.CompareTo(end) > 0)
            Errors.Add("from", "must not be after to");
    }
}
