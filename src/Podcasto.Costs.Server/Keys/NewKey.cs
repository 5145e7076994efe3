using System.Text.Json;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Bodies;

namespace Podcasto.Costs.Server.Keys;

/// <summary>A key as it was asked for.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">What it may do; at least one.</param>
/// <param name="ExpiresAt">When it ends, UTC; null for never.</param>
internal sealed record NewKey(string Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt)
{
    public const int MaxName = 100;

    public static readonly IReadOnlyList<string> AllScopes = [Policies.Ingest, Policies.Read, Policies.Admin];

    private static readonly string[] Fields = ["name", "scopes", "expires_at"];

    /// <summary>The key; null where <paramref name="errors"/> says what is wrong.</summary>
    public static NewKey? Read(JsonElement body, DateTimeOffset now, FieldErrors errors)
    {
        var fields = new JsonObject(body, "", Fields, errors);
        var name = fields.Text("name", MaxName, required: true);
        var expiresAt = fields.Instant("expires_at");
        if (expiresAt <= now)
            fields.Refuse("expires_at", "must be in the future");
        var scopes = new List<string>();
        foreach (var scope in fields.Array("scopes", required: true)?.EnumerateArray() ?? default)
        {
            if (scope.ValueKind == JsonValueKind.String && AllScopes.Contains(scope.GetString()))
                scopes.Add(scope.GetString()!);
            else
                fields.Refuse("scopes", $"may hold {string.Join(", ", AllScopes)}");
        }

        if (scopes.Count == 0 && !errors.Any)
            fields.Refuse("scopes", $"must name at least one of {string.Join(", ", AllScopes)}");
        return errors.Any ? null : new NewKey(name!, [.. scopes.Distinct(StringComparer.Ordinal)], expiresAt);
    }
}
