using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Podcasto.Costs.Tests.Sessions;

/// <summary>A small OpenID Connect provider on a port of its own, which says of everybody what the test told it to.</summary>
internal sealed class FakeProvider : IAsyncDisposable
{
    public const string ClientId = "podcasto-costs";

    private readonly WebApplication _app;
    private readonly RSA _key = RSA.Create(2048);
    private readonly Dictionary<string, (string Nonce, string Challenge)> _codes = new(StringComparer.Ordinal);

    private FakeProvider(WebApplication app) => _app = app;

    /// <summary>The name of whoever signs in next.</summary>
    public string Name { get; set; } = "Dana Levi";

    /// <summary>Their groups.</summary>
    public string[] Groups { get; set; } = [];

    /// <summary>Whether tokens are signed by somebody else.</summary>
    public bool IsForged { get; set; }

    public string Address => _app.Urls.First();

    public static async Task<FakeProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var provider = new FakeProvider(builder.Build());
        provider.Map();
        await provider._app.StartAsync();
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private void Map()
    {
        _app.MapGet(
            "/.well-known/openid-configuration",
            () =>
                Results.Json(
                    new Dictionary<string, object>
                    {
                        ["issuer"] = Address,
                        ["authorization_endpoint"] = Address + "/authorize",
                        ["token_endpoint"] = Address + "/token",
                        ["jwks_uri"] = Address + "/keys",
                        ["response_types_supported"] = new[] { "code" },
                        ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
                    }
                )
        );
        _app.MapGet("/keys", () => Results.Json(new { keys = new[] { PublicKey() } }));
        _app.MapGet("/authorize", Authorize);
        _app.MapPost("/token", TokenAsync);
    }

    private IResult Authorize(HttpRequest request)
    {
        var query = request.Query;
        if (query["client_id"] != ClientId || query["response_type"] != "code" || query["code_challenge_method"] != "S256")
            return Results.BadRequest();
        var code = Guid.NewGuid().ToString("N");
        _codes[code] = (query["nonce"]!, query["code_challenge"]!);
        return Results.Redirect($"{query["redirect_uri"]}?code={code}&state={HttpUtility.UrlEncode(query["state"])}");
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (form["client_secret"] != "a-client-secret" || !_codes.Remove(form["code"].ToString(), out var code) || code.Challenge != challenge)
            return Results.BadRequest(new { error = "invalid_grant" });
        return Results.Json(
            new
            {
                access_token = "none",
                token_type = "Bearer",
                id_token = Token(code.Nonce),
            }
        );
    }

    private string Token(string nonce)
    {
        using var other = RSA.Create(2048);
        var key = new RsaSecurityKey((IsForged ? other : _key).ExportParameters(true)) { KeyId = "one" };
        var claims = new List<Claim> { new("sub", "person-1"), new("name", Name), new("nonce", nonce) };
        claims.AddRange(Groups.Select(group => new Claim("groups", group)));
        return new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = Address,
                Audience = ClientId,
                Subject = new ClaimsIdentity(claims),
                Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5),
                SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
            }
        );
    }

    private Dictionary<string, string> PublicKey()
    {
        var parameters = _key.ExportParameters(false);
        return new Dictionary<string, string>
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["alg"] = "RS256",
            ["kid"] = "one",
            ["n"] = Base64UrlEncoder.Encode(parameters.Modulus),
            ["e"] = Base64UrlEncoder.Encode(parameters.Exponent),
        };
    }
}
