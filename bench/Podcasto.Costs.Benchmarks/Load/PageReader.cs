using System.Net;
using System.Text.RegularExpressions;

namespace Podcasto.Costs.Benchmarks.Load;

/// <summary>A reader of the dashboard who has signed in by the form, as a browser without scripts.</summary>
internal sealed partial class PageReader : IDisposable
{
    private readonly HttpClient _client;

    private PageReader(HttpClient client) => _client = client;

    public static async Task<PageReader> SignInAsync(ServerUnderTest server)
    {
        // The page that sign-in leads to is not read here: its first reader is to be measured.
        var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All, AllowAutoRedirect = false };
        var reader = new PageReader(new HttpClient(handler) { BaseAddress = server.Client.BaseAddress, Timeout = TimeSpan.FromMinutes(5) });
        var form = await reader._client.GetStringAsync("/sign-in");
        var fields = HiddenInput()
            .Matches(form)
            .Select(match => KeyValuePair.Create(match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value)))
            .Append(KeyValuePair.Create("Key", ServerUnderTest.Key));
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await reader._client.PostAsync("/sign-in", content);
        if (answer.Headers.Location?.OriginalString != "/")
            throw new InvalidOperationException($"Not signed in: {(int)answer.StatusCode}.");
        return reader;
    }

    /// <summary>Reads a page to its last byte.</summary>
    public async Task GetAsync(string path)
    {
        using var response = await _client.GetAsync(path);
        if ((int)response.StatusCode >= 500)
            throw new InvalidOperationException($"{path}: {(int)response.StatusCode}.");
        await response.Content.ReadAsByteArrayAsync();
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex HiddenInput();
}
