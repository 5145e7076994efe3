using System.Net;
using System.Net.Http.Headers;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Dashboard;

/// <summary>What forms and addresses may hold that no page of ours sends, and who may send them.</summary>
public sealed class FormTests
{
    // Each form that changes something: where it is shown to operators, and a field of it.
    public static TheoryData<string, string, string> Changes =>
        new()
        {
            { "/prices/new", "price", "Form.Notes" },
            { "/jobs/start", "start", "from" },
            { "/keys", "new-key", "Name" },
            { "/keys/0198d0c6-0000-7000-8000-00000000dead/revoke", "revoke", "Name" },
        };

    [Theory, MemberData(nameof(Changes))]
    public async Task A_form_with_a_NUL_is_refused_in_words_and_changes_nothing(string path, string handler, string field)
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        await app.StartAsync();
        var admin = await app.SignInAsync();
        var before = await admin.GetStringAsync("/api/v1/audit");
        foreach (var content in Broken(await admin.PageAsync("/keys"), handler, field))
        {
            using (content)
            {
                using var answer = await admin.PostAsync(new Uri(path, UriKind.Relative), content);
                var html = await answer.Content.ReadAsStringAsync();
                Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
                Assert.Contains("NUL, a character that no text has", html, StringComparison.Ordinal);
                Assert.Contains("To the overview", html, StringComparison.Ordinal);
            }
        }

        Assert.Equal(before, await admin.GetStringAsync("/api/v1/audit"));
    }

    [Theory, MemberData(nameof(Changes))]
    public async Task A_form_without_its_token_or_its_name_gets_a_page_that_says_what_to_do(string path, string handler, string field)
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        await app.StartAsync();
        var admin = await app.SignInAsync();
        using var json = new StringContent("{}", MediaTypeHeaderValue.Parse("application/json"));
        using var bare = new FormUrlEncodedContent([new("_handler", handler), new(field, "x")]);
        var pairs = await SignedIn.Fill(await admin.PageAsync("/keys")).ReadAsStringAsync();
        using var nameless = new StringContent(
            string.Join('&', pairs.Split('&').Where(pair => !pair.StartsWith("_handler", StringComparison.Ordinal))),
            MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded")
        );
        foreach (var content in new HttpContent[] { json, bare, nameless })
        {
            using var answer = await admin.PostAsync(new Uri(path, UriKind.Relative), content);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("To the overview", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Changes))]
    public async Task A_viewer_who_forges_a_form_changes_nothing(string path, string handler, string field)
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        var viewer = await app.SignInAsync(await client.ViewerKeyAsync());
        var before = await client.GetStringAsync("/api/v1/audit");
        using var answer = await viewer.ForgeFormAsync("/prices", path, ("_handler", handler), (field, "x"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("/forbidden", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, await client.GetStringAsync("/api/v1/audit"));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Nonsense_in_an_address_is_never_an_error(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        await AcceptanceBooks.LoadAsync(await app.StartAsync());
        var reader = await app.SignInAsync();
        string[] names =
        [
            "range",
            "from",
            "to",
            "podcast",
            "sort",
            "cursor",
            "search",
            "service",
            "category",
            "model",
            "region",
            "event_type",
            "priced_by",
            "group_by",
            "granularity",
            "episode",
            "columns",
            "actor",
            "action",
            "unit",
            "at",
        ];
        string[] pages =
        [
            "/",
            "/podcasts",
            "/episodes",
            "/months",
            "/explorer",
            "/events",
            "/prices",
            "/prices/new",
            "/jobs",
            "/jobs/start",
            "/keys",
            "/audit",
            "/about",
        ];
        foreach (var nonsense in new[] { "%00", "%ff", "%ed%a0%80", "9999-99-99", "-1", "%27%3B--", "W10", "x&{0}=y" })
        {
            foreach (var page in pages)
                await reader.PageAsync(
                    page + "?" + string.Join('&', names.Select(name => $"{name}={nonsense.Replace("{0}", name, StringComparison.Ordinal)}"))
                );
        }

        foreach (var name in names)
        foreach (var page in pages)
            await reader.PageAsync($"{page}?{name}=%00");
        foreach (var path in new[] { "/podcasts/%ff", "/episodes/x", "/events/%27", "/months/2025-13", "/months/0000-00", "/keys/x/revoke" })
            Assert.Equal(HttpStatusCode.NotFound, await reader.StatusAsync(path));
    }

    private static IEnumerable<HttpContent> Broken(string html, string handler, string field)
    {
        var escaped = SignedIn.Fill(html, ("_handler", handler), (field, "a\0b"));
        yield return escaped;
        var parts = new MultipartFormDataContent();
        using var known = SignedIn.Fill(html);
        var token = known.ReadAsStringAsync().GetAwaiter().GetResult().Split('&').First(pair => pair.StartsWith("__Req", StringComparison.Ordinal));
        parts.Add(new StringContent(WebUtility.UrlDecode(token.Split('=')[1])), "__RequestVerificationToken");
        parts.Add(new StringContent(handler), "_handler");
        parts.Add(new StringContent("a\0b"), field);
        yield return parts;
    }
}
