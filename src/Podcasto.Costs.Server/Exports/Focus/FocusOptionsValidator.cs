using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Podcasto.Costs.Core.Rollups;

namespace Podcasto.Costs.Server.Exports.Focus;

/// <summary>Refuses names that would make an export that breaks FOCUS.</summary>
internal sealed class FocusOptionsValidator : IValidateOptions<FocusOptions>
{
    private const int MaxName = 200;

    public ValidateOptionsResult Validate(string? name, FocusOptions options)
    {
        var attributes = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), attributes, validateAllProperties: true);
        var faults = attributes.Select(fault => $"Focus: {fault.ErrorMessage}").ToList();
        faults.AddRange(options.Services.SelectMany(Faults));
        faults.AddRange(
            FocusServices
                .Named(options)
                .GroupBy(service => service.Name, StringComparer.Ordinal)
                .Where(group => group.Select(service => (service.Category, service.Subcategory)).Distinct().Count() > 1)
                .Select(group => $"Focus:Services: \"{group.Key}\" has two categories; one name has one.")
        );
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(FocusServiceOptions rule)
    {
        if (!CategoryRule.IsValidPattern(rule.Service))
            yield return $"Focus:Services: \"{rule.Service}\" is no service (with at most one star, at its start or end).";
        if (!FocusCategories.All.Contains(rule.Category))
            yield return $"Focus:Services: \"{rule.Category}\" is none of {string.Join(", ", FocusCategories.All)}.";
        if (string.IsNullOrWhiteSpace(rule.Provider))
            yield return $"Focus:Services: \"{rule.Service}\" needs a Provider.";
        foreach (var text in new[] { rule.Name, rule.Subcategory, rule.Provider, rule.Publisher, rule.InvoiceIssuer })
        {
            if (text is { Length: > MaxName } || text is not null && string.IsNullOrWhiteSpace(text))
                yield return $"Focus:Services: a name of \"{rule.Service}\" must have 1 to {MaxName} characters.";
        }
    }
}
