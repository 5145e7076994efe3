using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Hosting.Lists;

namespace Podcasto.Costs.Server.Exports;

/// <summary>Which month is asked for, and in which format.</summary>
internal sealed class ExportQuery : QueryValues
{
    // How far ahead of now an event may be.
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    /// <param name="request">The request.</param>
    /// <param name="now">The time.</param>
    /// <param name="formats">The formats there are, the default first; none where the answer has but one.</param>
    public ExportQuery(HttpRequest request, DateTimeOffset now, params IReadOnlyList<string> formats)
        : base(request, formats.Count == 0 ? ["month"] : ["month", "format"])
    {
        if (Month("month") is not { } month)
            Require("month");
        else if (month.Start > now + Ahead)
            Errors.Add("month", "must not be in the future");
        else
            (Wanted, IsOpen) = (month, month.End > now);
        if (formats.Count > 0)
            Format = OneOf("format", formats) ?? formats[0];
    }

    public Month Wanted { get; }

    /// <summary>Whether the month has not ended.</summary>
    public bool IsOpen { get; }

    public string Format { get; } = "";

    // What is there and wrong has been named already.
    private void Require(string name)
    {
        if (!Errors.Any)
            Errors.Add(name, "is required: a month, yyyy-MM");
    }
}
