using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Podcasto.Costs.Core.Rollups;

namespace Podcasto.Costs.Server.Rollups;

/// <summary>Section <c>Categories</c>: rules before the built-in ones. After a change of them run <c>rebuild</c>: stored sums keep their category.</summary>
internal sealed class CategoryOptions
{
    public const string Section = "Categories";

    /// <summary>The rules, first match wins: <c>Categories:Rules:0:Service</c> = <c>elevenlabs_*</c>, <c>Categories:Rules:0:Category</c> = <c>ai_tts</c>.</summary>
    /// <value>Default none. At most 1,000.</value>
    [MaxLength(1_000)]
    public IReadOnlyList<CategoryRuleOptions> Rules { get; init; } = [];

    public CategoryRules ToRules() =>
        new(
            Rules.Select(rule =>
                Categories.TryParse(rule.Category, out var category)
                    ? new CategoryRule(rule.Service, category)
                    : throw new InvalidOperationException()
            )
        );
}

internal sealed class CategoryRuleOptions
{
    /// <summary>A service, or one with a star at its start or its end.</summary>
    public string Service { get; init; } = "";

    /// <summary>The name of a category.</summary>
    public string Category { get; init; } = "";
}

internal sealed class CategoryOptionsValidator : IValidateOptions<CategoryOptions>
{
    public ValidateOptionsResult Validate(string? name, CategoryOptions options)
    {
        var faults = options
            .Rules.Where(rule => !CategoryRule.IsValidPattern(rule.Service) || !Categories.TryParse(rule.Category, out _))
            .Select(rule =>
                $"Categories:Rules: \"{rule.Service}\" -> \"{rule.Category}\" needs a service (with at most one star, at its start or end) and one of {string.Join(", ", Categories.Names)}."
            )
            .ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
