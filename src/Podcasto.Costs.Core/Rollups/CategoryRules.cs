using System.Collections.Concurrent;

namespace Podcasto.Costs.Core.Rollups;

/// <summary>Finds the category of a service: the first rule that covers it, else <see cref="Category.Other"/>.</summary>
public sealed class CategoryRules
{
    // Services come from clients, so what is remembered of them is bounded.
    private const int MaxRemembered = 4096;

    private static readonly CategoryRule[] BuiltIn =
    [
        new("*_text", Category.AiText),
        new("*_image", Category.AiImage),
        new("*_tts", Category.AiTts),
        new("lambda", Category.LambdaExecution),
        new("lambda_*", Category.LambdaExecution),
        new("s3_storage", Category.S3Storage),
        new("s3_*", Category.S3Operations),
        new("ses", Category.Email),
        new("sqs", Category.Sqs),
    ];

    private readonly ConcurrentDictionary<string, Category> _remembered = new(StringComparer.Ordinal);

    /// <summary>The built-in rules with others before them.</summary>
    public CategoryRules(params IEnumerable<CategoryRule> first) => Rules = [.. first, .. BuiltIn];

    /// <summary>All rules, in the order in which they are tried.</summary>
    public IReadOnlyList<CategoryRule> Rules { get; }

    /// <summary>The category of a service.</summary>
    public Category Of(string service)
    {
        if (_remembered.TryGetValue(service, out var category))
            return category;
        category = Rules.FirstOrDefault(rule => rule.Covers(service))?.Category ?? Category.Other;
        if (_remembered.Count < MaxRemembered)
            _remembered.TryAdd(service, category);
        return category;
    }
}
