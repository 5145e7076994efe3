using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Podcasto.Costs.Server.Hosting;

/// <summary>Section <c>Proxy</c>: reverse proxies whose word on the client's address, scheme and host is taken.</summary>
internal sealed class ProxyOptions
{
    public const string Section = "Proxy";

    /// <summary>Their addresses, or networks such as <c>10.0.0.0/8</c>.</summary>
    /// <value>Default none: the headers <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> are ignored.</value>
    public IReadOnlyList<string> Trusted { get; init; } = [];
}

internal sealed class ProxyOptionsValidator : IValidateOptions<ProxyOptions>
{
    public ValidateOptionsResult Validate(string? name, ProxyOptions options) =>
        options.Trusted.FirstOrDefault(text => !IPAddress.TryParse(text, out _) && !System.Net.IPNetwork.TryParse(text, out _)) is { } wrong
            ? ValidateOptionsResult.Fail($"Proxy:Trusted \"{wrong}\" is neither an IP address nor a network such as 10.0.0.0/8.")
            : ValidateOptionsResult.Success;
}

internal static class Proxies
{
    public static void UseTrustedProxies(this WebApplication app)
    {
        var trusted = app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value.Trusted;
        if (trusted.Count == 0)
            return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All & ~ForwardedHeaders.XForwardedPrefix };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var text in trusted)
        {
            if (IPAddress.TryParse(text, out var address))
                options.KnownProxies.Add(address);
            else
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(text));
        }

        app.UseForwardedHeaders(options);
    }
}
