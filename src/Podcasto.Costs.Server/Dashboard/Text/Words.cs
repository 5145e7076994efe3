using Podcasto.Costs.Core.Rollups;

namespace Podcasto.Costs.Server.Dashboard.Text;

/// <summary>What the words of the interface are called in front of people.</summary>
internal static class Words
{
    public static string Of(CategoryGroup group) =>
        group switch
        {
            CategoryGroup.Ai => "AI",
            CategoryGroup.Lambda => "Lambda",
            CategoryGroup.Storage => "Storage",
            CategoryGroup.Email => "E-mail",
            _ => "Other",
        };

    /// <summary>A name of the interface as a sentence starts: Event type.</summary>
    public static string Sentence(string name) => char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' ');

    /// <summary>A category by its name in the interface.</summary>
    public static string OfCategory(string name) =>
        name switch
        {
            "ai_text" => "AI text",
            "ai_image" => "AI images",
            "ai_tts" => "AI speech",
            "lambda_execution" => "Lambda",
            "s3_operations" => "S3 requests",
            "s3_storage" => "S3 storage",
            "email" => "E-mail",
            "sqs" => "Queues",
            "other" => "Other",
            _ => name,
        };
}
