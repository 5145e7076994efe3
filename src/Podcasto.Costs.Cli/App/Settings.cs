using System.CommandLine;
using Podcasto.Costs.Cli.Http;

namespace Podcasto.Costs.Cli.App;

/// <summary>Where to, and with which key: a flag wins over the environment, and that over the file.</summary>
/// <param name="Server">Ends in a slash.</param>
/// <param name="Key">An API key.</param>
/// <param name="KeySource">Where the key comes from, for messages.</param>
internal sealed record Settings(Uri Server, string Key, string KeySource)
{
    private const string ServerVariable = "PODCASTO_COSTS_SERVER";
    private const string KeyVariable = "PODCASTO_COSTS_KEY";
    private const string DefaultServer = "http://localhost:5000";

    /// <exception cref="CliException">A setting is missing or malformed.</exception>
    public static Settings Resolve(ParseResult command)
    {
        var file = new Lazy<SettingsFile>(SettingsFile.Read);
        var server =
            Given(command.GetValue(GlobalOptions.Server))
            ?? Given(Environment.GetEnvironmentVariable(ServerVariable))
            ?? Given(file.Value.Server)
            ?? DefaultServer;
        var (key, source) =
            Given(command.GetValue(GlobalOptions.Key)) is { } flag ? (flag, "--key")
            : Given(Environment.GetEnvironmentVariable(KeyVariable)) is { } variable ? (variable, KeyVariable)
            : Given(file.Value.Key) is { } stored ? (stored, SettingsFile.Location)
            : (null, "");
        return new Settings(Address(server), Checked(key, source), source);
    }

    /// <summary>How long a command is willing to wait.</summary>
    public static Patience PatienceOf(ParseResult command, Patience usual) =>
        command.GetValue(GlobalOptions.RetryFor) is { } seconds ? new Patience(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds)) : usual;

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Checked(string? key, string source)
    {
        if (key is null)
            throw new CliException(
                ExitCodes.Usage,
                $"No API key is given. Pass --key, set {KeyVariable}, or put \"key\" into {SettingsFile.Location}."
            );
        return key.All(letter => letter is > ' ' and <= '~')
            ? key
            : throw new CliException(ExitCodes.Usage, $"The key of {source} holds characters that no key has.");
    }

    private static Uri Address(string text)
    {
        var isAddress = Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var address);
        return isAddress && address!.Scheme is "http" or "https"
            ? address!
            : throw new CliException(ExitCodes.Usage, $"{text} is no server's address: write it as https://costs.example.org.");
    }
}
