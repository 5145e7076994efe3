using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Podcasto.Costs.Server.Sessions.OpenId;

/// <summary>Section <c>Auth:Oidc</c>: people sign in at an OpenID Connect provider.</summary>
internal sealed class OpenIdOptions : IValidatableObject
{
    public const string Section = "Auth:Oidc";

    /// <summary>The provider's address, below which <c>.well-known/openid-configuration</c> lies; https, but for one on this machine.</summary>
    /// <value>Default none: people sign in with keys only.</value>
    [Url]
    public string? Authority { get; init; }

    /// <summary>What the provider calls this server.</summary>
    public string? ClientId { get; init; }

    /// <summary>The secret of the client; none for a public client, which PKCE protects.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>The button on the sign-in page.</summary>
    /// <value>Default <c>Sign in with OpenID Connect</c>.</value>
    [MaxLength(80)]
    public string Label { get; init; } = "Sign in with OpenID Connect";

    /// <summary>Asked for besides <c>openid</c> and <c>profile</c>.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The claim that says who may come in.</summary>
    /// <value>Default <c>groups</c>.</value>
    [Required]
    public string Claim { get; init; } = "groups";

    /// <summary>Values of the claim whose people may change things.</summary>
    public IReadOnlyList<string> Admins { get; init; } = [];

    /// <summary>Values of the claim whose people may look.</summary>
    public IReadOnlyList<string> Viewers { get; init; } = [];

    public bool IsConfigured => !string.IsNullOrEmpty(Authority);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsConfigured)
            yield break;
        if (string.IsNullOrEmpty(ClientId))
            yield return new ValidationResult("Auth:Oidc:ClientId is needed with Auth:Oidc:Authority.");
        if (Admins.Count + Viewers.Count == 0)
            yield return new ValidationResult("Auth:Oidc:Admins or Auth:Oidc:Viewers must name a value of the claim; without one nobody gets in.");
    }
}

[OptionsValidator]
internal sealed partial class OpenIdOptionsValidator : IValidateOptions<OpenIdOptions>;
