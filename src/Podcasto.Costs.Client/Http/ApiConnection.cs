using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Podcasto.Costs.Client.Http;

/// <summary>Asks, and makes records of answers or exceptions of refusals.</summary>
internal sealed class ApiConnection(HttpClient http)
{
    public async Task<T> GetAsync<T>(string address, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(Relative(address), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return await ReadAsync(response, type, cancellationToken);
    }

    /// <summary>Like <see cref="GetAsync"/>, with null for 404.</summary>
    public async Task<T?> FindAsync<T>(string address, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await http.GetAsync(Relative(address), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return response.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync(response, type, cancellationToken);
    }

    /// <summary>All pages, one after another, as they are read.</summary>
    /// <param name="page">The address of the page at a cursor.</param>
    /// <param name="type">Of a page.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<T> ListAsync<T>(
        Func<string?, Query> page,
        JsonTypeInfo<Page<T>> type,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string? cursor = null;
        do
        {
            var items = await GetAsync(page(cursor).ToString(), type, cancellationToken);
            foreach (var item in items.Items)
                yield return item;
            cursor = items.NextCursor;
        } while (cursor is not null);
    }

    public async Task<TAnswer> SendAsync<TBody, TAnswer>(
        HttpMethod method,
        string address,
        TBody body,
        JsonTypeInfo<TBody> bodyType,
        JsonTypeInfo<TAnswer> answerType,
        CancellationToken cancellationToken
    )
    {
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, bodyType));
        content.Headers.ContentType = new("application/json");
        return await SendAsync(method, address, content, answerType, cancellationToken);
    }

    public async Task<T> SendAsync<T>(
        HttpMethod method,
        string address,
        HttpContent? content,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(method, Relative(address)) { Content = content };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return await ReadAsync(response, type, cancellationToken);
    }

    public async Task DeleteAsync(string address, CancellationToken cancellationToken)
    {
        using var response = await http.DeleteAsync(Relative(address), cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw await ProblemAsync(response, cancellationToken);
    }

    /// <summary>The body as it arrives; the caller disposes of it.</summary>
    public async Task<Stream> OpenAsync(string address, CancellationToken cancellationToken)
    {
        var response = await http.GetAsync(Relative(address), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode)
            return await response.Content.ReadAsStreamAsync(cancellationToken);
        using (response)
            throw await ProblemAsync(response, cancellationToken);
    }

    public async Task<bool> IsOkAsync(string address, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(Relative(address), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return response.IsSuccessStatusCode;
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
            throw await ProblemAsync(response, cancellationToken);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken)
                ?? throw new CostsApiException("The answer is null: is the address that of Podcasto Costs?");
        }
        catch (JsonException exception)
        {
            throw new CostsApiException("The answer is not what Podcasto Costs answers: is the address right?", exception);
        }
    }

    private static async Task<CostsApiException> ProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var problem = ProblemReader.Read(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        var words = problem?.Detail ?? problem?.Title ?? response.ReasonPhrase;
        var named = problem?.Errors?.SelectMany(error => error.Value.Select(message => $"{error.Key} {message}")) ?? [];
        return new CostsApiException(response.StatusCode, string.Join(' ', [$"{(int)response.StatusCode}: {words}", .. named]), problem?.Errors);
    }

    private static Uri Relative(string address) => new(address, UriKind.Relative);
}
