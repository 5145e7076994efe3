using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Podcasto.Costs.Server.Hosting.Auth;

/// <summary>Section <c>Auth</c>.</summary>
internal sealed class AuthOptions
{
    public const string Section = "Auth";

    /// <summary>An admin key that needs no database.</summary>
    /// <value>Default none: a fresh database gets a key that is printed once. 16 to 256 visible ASCII characters.</value>
    [RegularExpression("[!-~]{16,256}", ErrorMessage = "Auth:AdminKey must be 16 to 256 visible ASCII characters.")]
    public string? AdminKey { get; init; }
}

[OptionsValidator]
internal sealed partial class AuthOptionsValidator : IValidateOptions<AuthOptions>;
