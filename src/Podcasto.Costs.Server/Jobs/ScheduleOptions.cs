using System.ComponentModel.DataAnnotations;
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
    [Required, CustomValidation(typeof(ScheduleOptions), nameof(Check))]
    public string Cron { get; init; } = "10 0 * * *";

    public CronExpression Expression => CronExpression.Parse(Cron);

    public static ValidationResult? Check(string cron) =>
        CronExpression.TryParse(cron, out _)
            ? ValidationResult.Success
            : new ValidationResult($"Schedule:Cron \"{cron}\" is no cron expression of five fields.");
}

[OptionsValidator]
internal sealed partial class ScheduleOptionsValidator : IValidateOptions<ScheduleOptions>;
