using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Hosting;

/// <summary>Every route of the running application against every credential: who gets in where is a table that a reviewer can read.</summary>
public sealed partial class AccessTests
{
    private const string CronSecret = "a-cron-secret-for-the-tests";

    // In what a route's parameters may hold: nothing of these names is there, so nothing changes.
    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["id"] = "0198d0c6-0000-7000-8000-00000000dead",
        ["date"] = "2025-03-01",
        ["month"] = "2025-03",
        ["monthText"] = "2025-03",
        ["kind"] = "no-such-kind",
        ["documentName"] = "v1",
        ["Code"] = "404",
    };

    [Fact]
    public async Task Every_route_lets_in_whom_it_should()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = new PodcastoCostsApp(Engine.Sqlite, ("Cron:Secret", CronSecret)) { Clock = clock };
        var credentials = await CredentialsAsync(app, clock);
        var table = new StringBuilder(
            "# yes: let in, whatever it then says of the request · 401, 403: refused · sign-in: sent there · no: sent to \"only admins\"\n"
        );
        table.AppendJoin(" | ", ["route", .. credentials.Select(credential => credential.Name)]).Append('\n');
        foreach (var (method, path) in Routes(app))
        {
            var answers = new List<string>();
            foreach (var (_, client) in credentials)
                answers.Add(await AskAsync(client, method, path));
            table.AppendJoin(" | ", [$"{method} {path}", .. answers]).Append('\n');
        }

        Snapshot.Matches("access.txt", table.ToString());
    }

    private static async Task<List<(string Name, HttpClient Client)>> CredentialsAsync(PodcastoCostsApp app, FakeTimeProvider clock)
    {
        var admin = await app.StartAsync();
        var end = clock.GetUtcNow().AddMinutes(5).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var (ingest, read) = (await KeyAsync(admin, "ingest"), await KeyAsync(admin, "read"));
        var (revoked, expired) = (await KeyAsync(admin, "admin"), await KeyAsync(admin, "admin", end));
        List<(string, HttpClient)> credentials =
        [
            ("none", Browser(app)),
            ("ingest key", Program(app, ingest.Key)),
            ("read key", Program(app, read.Key)),
            ("admin key", Program(app, PodcastoCostsApp.AdminKey)),
            ("revoked key", Program(app, revoked.Key)),
            ("expired key", Program(app, expired.Key)),
            ("cron secret", Program(app, CronSecret)),
            ("viewer's cookie", await app.SignInAsync(read.Key)),
            ("admin's cookie", await app.SignInAsync()),
            ("cookie of a revoked key", await app.SignInAsync(revoked.Key)),
            ("cookie of an expired key", await app.SignInAsync(expired.Key)),
        ];
        await admin.DeleteAsync($"/api/v1/keys/{revoked.Id}");
        clock.Advance(TimeSpan.FromMinutes(6));
        return credentials;
    }

    private static async Task<(string Key, string Id)> KeyAsync(HttpClient admin, string scope, string? end = null)
    {
        var expires = end is null ? "" : $",\"expires_at\":\"{end}\"";
        var (_, key) = await admin.PostAsync("/api/v1/keys", $"{{\"name\":\"{scope}\",\"scopes\":[\"{scope}\"]{expires}}}");
        return ((string)key!["key"]!, (string)key["id"]!);
    }

    private static HttpClient Browser(PodcastoCostsApp app) => app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    private static HttpClient Program(PodcastoCostsApp app, string key)
    {
        var client = Browser(app);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    private static IEnumerable<(string Method, string Path)> Routes(PodcastoCostsApp app) =>
        app
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            // Files of the dashboard, which hold no costs, and the reference's.
            .Where(route => route.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .Where(route => !IsOf("reference", route) && !IsOf("_", route))
            .SelectMany(route => Methods(route).Select(method => (method, PathOf(route))))
            .Distinct()
            .OrderBy(route => route.Item2, StringComparer.Ordinal)
            .ThenBy(route => route.method, StringComparer.Ordinal);

    private static bool IsOf(string start, RouteEndpoint route) =>
        route.RoutePattern.RawText!.TrimStart('/').StartsWith(start, StringComparison.Ordinal);

    private static IEnumerable<string> Methods(RouteEndpoint route) =>
        route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET"];

    // Without the constraints of its parameters.
    private static string PathOf(RouteEndpoint route) => Constraint().Replace("/" + route.RoutePattern.RawText!.Trim('/'), "}");

    private static async Task<string> AskAsync(HttpClient client, string method, string path)
    {
        foreach (var (name, value) in Values)
            path = path.Replace("{" + name + "}", value, StringComparison.OrdinalIgnoreCase);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PUT")
            request.Content = new StringContent("", Encoding.UTF8, IsOfPrograms(path) ? "application/json" : "application/x-www-form-urlencoded");
        using var response = await client.SendAsync(request);
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => "401",
            HttpStatusCode.Forbidden when path != "/forbidden" && path != "/sign-in/refused" => "403",
            HttpStatusCode.Redirect when Target(response) == "/sign-in" && path != "/sign-in/link" => "sign-in",
            HttpStatusCode.Redirect when Target(response) == "/forbidden" => "no",
            >= HttpStatusCode.InternalServerError when !path.StartsWith("/error", StringComparison.Ordinal) => $"fault {(int)response.StatusCode}",
            _ => "yes",
        };
    }

    // Another type of content would be refused before anybody asks who sends it.
    private static bool IsOfPrograms(string path) =>
        path.StartsWith("/api/", StringComparison.Ordinal) || path.StartsWith("/v1/", StringComparison.Ordinal);

    private static string Target(HttpResponseMessage response) => new Uri(new Uri("http://localhost"), response.Headers.Location!).AbsolutePath;

    [GeneratedRegex(":[a-z]+}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Constraint();
}
