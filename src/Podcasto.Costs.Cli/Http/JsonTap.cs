namespace Podcasto.Costs.Cli.Http;

/// <summary>For <c>--json</c>: prints the JSON of good answers, byte for byte, while the command reads them.</summary>
internal sealed class JsonTap(Stream output) : DelegatingHandler
{
    /// <summary>Whether answers are printed; long polls close it until the answer that counts.</summary>
    public bool IsOpen { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (!IsOpen || !response.IsSuccessStatusCode || response.Content.Headers.ContentType?.MediaType != "application/json")
            return response;
        var original = response.Content;
        response.Content = new StreamContent(new TeeStream(await original.ReadAsStreamAsync(cancellationToken), output));
        foreach (var (name, values) in original.Headers)
            response.Content.Headers.TryAddWithoutValidation(name, values);
        return response;
    }
}
