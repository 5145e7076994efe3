using Microsoft.Extensions.Options;

namespace Podcasto.Costs.Client.Setup;

/// <summary>Holds the options to the limits that their documentation states; without attributes, whose check of spans of time trimming breaks.</summary>
internal sealed class PodcastoCostsOptionsValidator : IValidateOptions<PodcastoCostsOptions>
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, PodcastoCostsOptions options)
    {
        var wrong = new List<string>();
        if (options.Address is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            wrong.Add("Address must be an http or https address; or set PODCASTO_COSTS_SERVER.");
        if (string.IsNullOrWhiteSpace(options.Key) || options.Key.Any(character => character is < '!' or > '~'))
            wrong.Add("Key must be an API key, of visible ASCII characters; or set PODCASTO_COSTS_KEY.");
        Check(nameof(options.BufferCapacity), options.BufferCapacity, 1, 10_000_000);
        Check(nameof(options.BatchSize), options.BatchSize, 1, 10_000);
        Check(nameof(options.FlushInterval), options.FlushInterval, Millisecond, TimeSpan.FromHours(1));
        Check(nameof(options.RequestTimeout), options.RequestTimeout, Millisecond * 100, TenMinutes);
        Check(nameof(options.FirstRetryDelay), options.FirstRetryDelay, Millisecond, Minute);
        Check(nameof(options.MaxRetryDelay), options.MaxRetryDelay, Millisecond, TenMinutes);
        Check(nameof(options.ShutdownTimeout), options.ShutdownTimeout, TimeSpan.Zero, TenMinutes);
        Check(nameof(options.SpoolMaxBytes), options.SpoolMaxBytes, 1L << 20, 1L << 40);
        Check(nameof(options.SpoolInterval), options.SpoolInterval, Millisecond, Minute);
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);

        void Check<T>(string option, T value, T least, T most)
            where T : IComparable<T>
        {
            if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
                wrong.Add($"{option} must be from {least} to {most}.");
        }
    }
}
