using System.Net;
using System.Text.RegularExpressions;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Sessions;

public sealed class WelcomeTests
{
    [Fact]
    public async Task A_fresh_server_prints_a_link_that_signs_in_once_and_not_twice()
    {
        using var folder = new TempFolder();
        await using (var server = await ServerProcess.StartFreshAsync(folder.Path))
        {
            var link = await server.LinkAsync();
            Assert.Contains("pck_", server.Output, StringComparison.Ordinal);
            Assert.StartsWith(server.Client.BaseAddress!.ToString(), link, StringComparison.Ordinal);

            using var first = Browser();
            Assert.Equal("/", (await first.GetAsync(link)).Headers.Location!.OriginalString);
            Assert.Equal(HttpStatusCode.OK, (await first.GetAsync(new Uri(server.Client.BaseAddress, "/keys"))).StatusCode);

            using var second = Browser();
            Assert.Equal("/sign-in", (await second.GetAsync(link)).Headers.Location!.OriginalString);
            Assert.Equal(HttpStatusCode.Redirect, (await second.GetAsync(new Uri(server.Client.BaseAddress, "/keys"))).StatusCode);
        }

        // Whoever has been here knows the key.
        await using var again = await ServerProcess.StartFreshAsync(folder.Path);
        Assert.DoesNotContain("/sign-in/link", again.Output, StringComparison.Ordinal);
    }

    private static HttpClient Browser() => new(new HttpClientHandler { AllowAutoRedirect = false });
}

internal static partial class PrintedLink
{
    /// <summary>The one-time link that a server prints when it listens.</summary>
    public static async Task<string> LinkAsync(this ServerProcess server)
    {
        for (var attempt = 0; ; attempt++)
        {
            if (Link().Match(server.Output) is { Success: true } match)
                return match.Value;
            Assert.True(attempt < 100, server.Output);
            await Task.Delay(100);
        }
    }

    [GeneratedRegex(@"http://\S+/sign-in/link\?token=\S+", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Link();
}
