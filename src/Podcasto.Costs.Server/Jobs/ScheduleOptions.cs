using Cronos;
using Microsoft.Extensions.Options;

namespace Podcasto.Costs.Server.Jobs;

/// <summary>Section <c>Schedule</c>: when the server closes days and months by itself.</summary>
internal sealed class ScheduleOptions
{
    public const string Section = "Schedule";

    /// <summary>Whether it does; the cron routes work either way.</summary>
    /// <value>Default true.</value>
    public bool Enabled { get; init; } = true;

    /// <summary>When, as a cron expression of five fields, UTC: first the days that have ended, then the months.</summary>
    /// <value>Default <c>10 0 * * *</c>: ten past midnight.</value>
    public string Cron { get; init; } = "10 0 * * *";

    public CronExpression Expression => CronExpression.Parse(Cron);
}

internal sealed class ScheduleOptionsValidator : IValidateOptions<ScheduleOptions>
{
    public ValidateOptionsResult Validate(string? name, ScheduleOptions options) =>
        CronExpression.TryParse(options.Cron, out _)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Schedule:Cron \"{options.Cron}\" is no cron expression of five fields.");
}
