using Microsoft.Playwright;

namespace Podcasto.Costs.Tests.Support;

/// <summary>A person with a browser of their own, who notices what goes wrong in it.</summary>
internal sealed class Reader : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private Reader(IBrowserContext context, IPage page, Uri address)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _complaints.Add($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => _complaints.Add($"{page.Url}: {error}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                _complaints.Add($"{page.Url} asked another origin: {request.Url}");
        };
    }

    public IPage Page { get; }

    public static async Task<Reader> OpenAsync(
        Chromium chromium,
        Uri address,
        ColorScheme scheme = ColorScheme.Light,
        int width = 1_440,
        bool scripts = true
    )
    {
        var browser = await chromium.StartAsync();
        var context = await browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = address.ToString(),
                ColorScheme = scheme,
                ViewportSize = new ViewportSize { Width = width, Height = 900 },
                JavaScriptEnabled = scripts,
            }
        );
        context.SetDefaultTimeout(15_000);
        return new Reader(context, await context.NewPageAsync(), address);
    }

    public async Task SignInAsync(string key)
    {
        await Page.GotoAsync("/sign-in");
        await Page.FillAsync("#key", key);
        await Page.ClickAsync("main button[type=submit]");
    }

    /// <summary>Nothing was refused, failed or asked of strangers so far.</summary>
    public void AssertNoComplaints() => Assert.True(_complaints.Count == 0, string.Join('\n', _complaints));

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
