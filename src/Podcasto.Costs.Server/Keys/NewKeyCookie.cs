using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Podcasto.Costs.Server.Keys;

/// <summary>Carries a key that was just made over the redirect to the page that shows it, encrypted, and once.</summary>
internal sealed class NewKeyCookie(IDataProtectionProvider protection)
{
    private const string Name = "podcasto_costs_new_key";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector(Name).ToTimeLimitedDataProtector();

    public void Put(HttpContext context, string key) => context.Response.Cookies.Append(Name, _protector.Protect(key, Lifetime), Options(context));

    /// <summary>The key, which is then forgotten; null where there is none.</summary>
    public string? Take(HttpContext context)
    {
        if (context.Request.Cookies[Name] is not { } text)
            return null;
        context.Response.Cookies.Delete(Name, Options(context));
        try
        {
            return _protector.Unprotect(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static CookieOptions Options(HttpContext context) =>
        new()
        {
            Path = "/keys",
            HttpOnly = true,
            Secure = context.Request.IsHttps,
            SameSite = SameSiteMode.Strict,
            MaxAge = Lifetime,
            IsEssential = true,
        };
}
