using Microsoft.AspNetCore.Http.HttpResults;

namespace Podcasto.Costs.Server.Dashboard.Parts;

/// <summary>What the interface said of a form's fields.</summary>
internal sealed class FormErrors
{
    public static readonly FormErrors None = new(new Dictionary<string, string[]>(StringComparer.Ordinal), null);

    private readonly IReadOnlyDictionary<string, string[]> _byPointer;

    private FormErrors(IReadOnlyDictionary<string, string[]> byPointer, string? summary) => (_byPointer, Summary) = (byPointer, summary);

    /// <summary>What is wrong beyond a field; null where nothing is.</summary>
    public string? Summary { get; }

    public bool Any => Summary is not null || _byPointer.Count > 0;

    public static FormErrors Of(IReadOnlyDictionary<string, string[]> byPointer) => new(byPointer, null);

    public static FormErrors Of(ProblemHttpResult refused) =>
        refused.ProblemDetails is HttpValidationProblemDetails { Errors: { } errors }
            ? new FormErrors(new Dictionary<string, string[]>(errors, StringComparer.Ordinal), null)
            : new FormErrors(None._byPointer, refused.ProblemDetails.Detail);

    /// <summary>What is wrong with a field; null where nothing is.</summary>
    public IReadOnlyList<string>? this[string field] => _byPointer.TryGetValue("/" + field, out var messages) ? messages : null;
}
