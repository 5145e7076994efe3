using System.Text.Json;
using System.Text.Json.Serialization;

namespace Podcasto.Costs.Cli.App;

/// <summary><c>~/.config/podcasto-costs.json</c>: <c>{"server": "...", "key": "..."}</c>, both optional.</summary>
internal sealed record SettingsFile
{
    public string? Server { get; init; }

    public string? Key { get; init; }

    public static string Location { get; } = Path.Combine(Folder(), "podcasto-costs.json");

    /// <exception cref="CliException">It is there and cannot be read.</exception>
    public static SettingsFile Read()
    {
        if (!File.Exists(Location))
            return new SettingsFile();
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Location), SettingsContext.Default.SettingsFile) ?? new SettingsFile();
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Usage, $"{Location} cannot be used: {exception.Message}");
        }
    }

    private static string Folder() =>
        Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");
}

// A misspelt name is refused: a setting that is silently left out is worse.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowTrailingCommas = true,
    ReadCommentHandling = JsonCommentHandling.Skip
)]
[JsonSerializable(typeof(SettingsFile))]
internal sealed partial class SettingsContext : JsonSerializerContext;
