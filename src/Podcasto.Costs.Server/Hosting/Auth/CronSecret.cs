using System.Security.Cryptography;
using Podcasto.Costs.Server.Keys;

namespace Podcasto.Costs.Server.Hosting.Auth;

/// <summary>The secret of the cron routes: <c>Cron:Secret</c>, or <c>CRON_SECRET</c> of the environment. Without one nobody may call them.</summary>
internal sealed class CronSecret(IConfiguration configuration)
{
    private readonly byte[]? _hash = Configured(configuration) is { } secret ? KeyHash.Of(secret) : null;

    public bool IsConfigured => _hash is not null;

    /// <summary>Whether a text is the secret. Hashes have one length, so that comparing takes the same time whatever was sent.</summary>
    public bool Is(string text) => _hash is not null && CryptographicOperations.FixedTimeEquals(KeyHash.Of(text), _hash);

    private static string? Configured(IConfiguration configuration) =>
        configuration["Cron:Secret"] is { Length: > 0 } secret ? secret
        : configuration["CRON_SECRET"] is { Length: > 0 } fromEnvironment ? fromEnvironment
        : null;
}
