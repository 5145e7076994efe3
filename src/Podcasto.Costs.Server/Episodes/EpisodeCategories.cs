using Podcasto.Costs.Client.Episodes;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Dashboard.Charts;
using Podcasto.Costs.Server.Dashboard.Parts;
using Podcasto.Costs.Server.Dashboard.Text;

namespace Podcasto.Costs.Server.Episodes;

/// <summary>The nine categories of an episode's cost.</summary>
internal static class EpisodeCategories
{
    public static readonly IReadOnlyList<Category> All = Enum.GetValues<Category>();

    /// <summary>US dollars of one of them.</summary>
    public static decimal CostUsd(EpisodeCostView view, Category category) =>
        category switch
        {
            Category.AiText => view.AiTextCostUsd,
            Category.AiImage => view.AiImageCostUsd,
            Category.AiTts => view.AiTtsCostUsd,
            Category.LambdaExecution => view.LambdaExecutionCostUsd,
            Category.S3Operations => view.S3OperationsCostUsd,
            Category.S3Storage => view.S3StorageCostUsd,
            Category.Email => view.EmailCostUsd,
            Category.Sqs => view.SqsCostUsd,
            _ => view.OtherCostUsd,
        };

    /// <summary>All of them, in their own order.</summary>
    public static IReadOnlyList<BreakdownRow> Rows(EpisodeCostView view) =>
        [
            .. All.Select(category => new BreakdownRow(
                Words.OfCategory(category.Name()),
                CostUsd(view, category),
                $"s{GroupChart.Colour(category.Group())}"
            )),
        ];
}
