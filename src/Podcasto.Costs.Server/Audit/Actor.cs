using System.Security.Claims;

namespace Podcasto.Costs.Server.Audit;

/// <summary>Who changes something, as the audit log names them.</summary>
/// <param name="Name">The name of a key or a person, with the id behind it.</param>
internal readonly record struct Actor(string Name)
{
    /// <summary>Whoever runs a command, or started the demo.</summary>
    public static readonly Actor Console = new("console");

    /// <summary>The server by itself, at its first start.</summary>
    public static readonly Actor Server = new("server");

    /// <summary>The reader behind a key or a session.</summary>
    public static Actor Of(ClaimsPrincipal reader)
    {
        var name = reader.Identity?.Name ?? "unknown";
        return new Actor(reader.FindFirst(ClaimTypes.NameIdentifier)?.Value is { } id ? $"{name} ({id})" : name);
    }
}
