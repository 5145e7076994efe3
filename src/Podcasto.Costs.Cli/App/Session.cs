using System.CommandLine;
using Podcasto.Costs.Cli.Http;
using Podcasto.Costs.Cli.Output;
using Podcasto.Costs.Client;
using Spectre.Console;

namespace Podcasto.Costs.Cli.App;

/// <summary>What a command works with.</summary>
internal sealed class Session : IDisposable
{
    private readonly HttpClient _http;
    private readonly List<string> _last = [];

    public Session(ParseResult command, Patience patience)
    {
        Settings = Settings.Resolve(command);
        IsJson = command.GetValue(GlobalOptions.Json);
        Output = StandardOutput.Open();
        Result = Terminals.Result(Output);
        Notes = Terminals.Notes();
        Clock = TimeProvider.System;
        var sockets = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(10),
            AutomaticDecompression = System.Net.DecompressionMethods.All,
        };
        Json = new JsonTap(Output)
        {
            IsOpen = IsJson,
            InnerHandler = new Retries(Settings.PatienceOf(command, patience), Clock, Note).Around(sockets),
        };
        // No bound as a whole: pauses that the server asks for count, and exports take what they take. Ctrl+C ends everything.
        _http = new HttpClient(Json) { BaseAddress = Settings.Server, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new("Bearer", Settings.Key);
        Costs = new CostsClient(_http);
    }

    public Settings Settings { get; }

    public CostsClient Costs { get; }

    public TimeProvider Clock { get; }

    /// <summary>Whether the result is the server's JSON, which is printed as it is read.</summary>
    public bool IsJson { get; }

    public JsonTap Json { get; }

    /// <summary>Standard output, for results that are bytes.</summary>
    public Stream Output { get; }

    /// <summary>Standard output, for results that are tables.</summary>
    public IAnsiConsole Result { get; }

    /// <summary>Standard error: what is said about the result.</summary>
    public IAnsiConsole Notes { get; }

    /// <summary>Says something that is not the result.</summary>
    public void Note(string text) => Notes.WriteLine(SafeText.Of(text));

    /// <summary>Says something once the result is printed, where a long one would scroll it away.</summary>
    public void NoteLast(string text) => _last.Add(text);

    public void TellLast() => _last.ForEach(Note);

    public void Dispose()
    {
        _http.Dispose();
        Output.Dispose();
    }
}
