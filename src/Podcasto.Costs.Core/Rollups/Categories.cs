namespace Podcasto.Costs.Core.Rollups;

/// <summary>The names and groups of the categories.</summary>
public static class Categories
{
    /// <summary>Every name, in the order of <see cref="Category"/>.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "ai_text",
        "ai_image",
        "ai_tts",
        "lambda_execution",
        "s3_operations",
        "s3_storage",
        "email",
        "sqs",
        "other",
    ];

    /// <summary>The name of a category.</summary>
    public static string Name(this Category category) => Names[(int)category];

    /// <summary>The group of a category.</summary>
    public static CategoryGroup Group(this Category category) =>
        category switch
        {
            Category.AiText or Category.AiImage or Category.AiTts => CategoryGroup.Ai,
            Category.LambdaExecution => CategoryGroup.Lambda,
            Category.S3Operations or Category.S3Storage => CategoryGroup.Storage,
            Category.Email => CategoryGroup.Email,
            _ => CategoryGroup.Other,
        };

    /// <summary>The category of a name; false for any other text.</summary>
    public static bool TryParse(string name, out Category category)
    {
        for (var index = 0; index < Names.Count; index++)
        {
            if (!string.Equals(Names[index], name, StringComparison.Ordinal))
                continue;
            category = (Category)index;
            return true;
        }

        category = default;
        return false;
    }
}
