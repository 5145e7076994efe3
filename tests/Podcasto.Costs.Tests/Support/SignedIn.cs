using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Podcasto.Costs.Tests.Support;

/// <summary>A reader at the dashboard, as a browser without scripts is one: keeps cookies, sends forms with what they carry.</summary>
internal static partial class SignedIn
{
    /// <summary>Signs in with a key that may read or administer.</summary>
    public static async Task<HttpClient> SignInAsync(this PodcastoCostsApp app, string key = PodcastoCostsApp.AdminKey)
    {
        var reader = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        using var answer = await reader.SendFormAsync("/sign-in", ("Key", key));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return reader;
    }

    /// <summary>A key that may only read.</summary>
    public static async Task<string> ViewerKeyAsync(this HttpClient admin)
    {
        var (status, key) = await admin.PostAsync("/api/v1/keys", "{\"name\":\"a viewer\",\"scopes\":[\"read\"]}");
        Assert.Equal(201, status);
        return (string)key!["key"]!;
    }

    /// <summary>A page that must be there.</summary>
    public static async Task<string> PageAsync(this HttpClient reader, string path)
    {
        using var response = await reader.GetAsync(path);
        var html = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {(int)response.StatusCode} {html}");
        return html;
    }

    public static async Task<HttpStatusCode> StatusAsync(this HttpClient reader, string path)
    {
        using var response = await reader.GetAsync(path);
        return response.StatusCode;
    }

    /// <summary>Gets the page of a form, and posts it back with values.</summary>
    public static Task<HttpResponseMessage> SendFormAsync(
        this HttpClient reader,
        string path,
        params IEnumerable<(string Name, string Value)> values
    ) => reader.ForgeFormAsync(path, path, values);

    /// <summary>Takes what the form of one page carries, and posts it to another.</summary>
    public static async Task<HttpResponseMessage> ForgeFormAsync(
        this HttpClient reader,
        string from,
        string to,
        params IEnumerable<(string Name, string Value)> values
    )
    {
        var html = await reader.PageAsync(from);
        using var content = Fill(html, values);
        return await reader.PostAsync(new Uri(to, UriKind.Relative), content);
    }

    /// <summary>What the last form of a page carries, with values.</summary>
    public static FormUrlEncodedContent Fill(string html, params IEnumerable<(string Name, string Value)> values)
    {
        var form = html[html.LastIndexOf("<form method=\"post\"", StringComparison.Ordinal)..];
        var hidden = HiddenInput()
            .Matches(form)
            .Select(match => KeyValuePair.Create(match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value)))
            .Where(field => field.Key is "_handler" or "__RequestVerificationToken");
        return new FormUrlEncodedContent([.. hidden, .. values.Select(value => KeyValuePair.Create(value.Name, value.Value))]);
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex HiddenInput();
}
