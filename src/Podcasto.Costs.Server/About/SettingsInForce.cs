using System.Globalization;
using Microsoft.Extensions.Options;
using Podcasto.Costs.Server.Archive;
using Podcasto.Costs.Server.Hosting.Auth;
using Podcasto.Costs.Server.Ingest;
using Podcasto.Costs.Server.Jobs;
using Podcasto.Costs.Server.Pricing;
using Podcasto.Costs.Server.Rollups;
using Podcasto.Costs.Server.Sessions.OpenId;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.About;

/// <summary>The settings that this server runs with. Of secrets only whether there is one.</summary>
internal sealed class SettingsInForce(
    Database database,
    IOptions<AuthOptions> auth,
    IOptions<OpenIdOptions> openId,
    IOptions<IngestOptions> ingest,
    IOptions<ScheduleOptions> schedule,
    IOptions<ArchiveOptions> archive,
    IOptions<PricingOptions> pricing,
    IOptions<CategoryOptions> categories,
    CronSecret cron,
    IConfiguration configuration
)
{
    public IReadOnlyList<(string Name, string Value)> All =>
        [
            ("Database", $"{database.Name}, {database.Place}"),
            ("Auth:AdminKey", IsSet(auth.Value.AdminKey is not null)),
            ("Auth:Oidc", openId.Value.IsConfigured ? $"{openId.Value.Authority}, client {openId.Value.ClientId}" : "not set"),
            ("Cron:Secret", IsSet(cron.IsConfigured)),
            (
                "Proxy:Trusted",
                configuration.GetSection("Proxy:Trusted").Get<string[]>() is { Length: > 0 } proxies ? string.Join(", ", proxies) : "none"
            ),
            ("Schedule", schedule.Value.Enabled ? $"{schedule.Value.Cron} (UTC)" : "off"),
            ("Pricing:Seed", Text(pricing.Value.Seed)),
            ("Ingest:BatchSize", Text(ingest.Value.BatchSize)),
            ("Ingest:MaxQueuedMegabytes", Text(ingest.Value.MaxQueuedMegabytes)),
            ("Ingest:Writers", Text(ingest.Value.Writers)),
            ("Ingest:SecondWriterFrom", Text(ingest.Value.SecondWriterFrom)),
            ("Ingest:RetrySeconds", Text(ingest.Value.RetrySeconds)),
            ("Archive", archive.Value.Bucket is { Length: > 0 } bucket ? $"bucket {bucket}/{archive.Value.Prefix}" : archive.Value.Directory),
            ("Archive:RetentionMonths", archive.Value.RetentionMonths is { } months ? Text(months) : "none: nothing is archived by itself"),
            ("Categories:Rules", Text(categories.Value.Rules.Count)),
            ("Metrics:Public", Text(configuration.GetValue("Metrics:Public", false))),
        ];

    private static string IsSet(bool isSet) => isSet ? "set" : "not set";

    private static string Text(bool value) => value ? "true" : "false";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
