using System.Net;

namespace Podcasto.Costs.Client;

/// <summary>An answer that is not what was asked for; its message says what to do.</summary>
public sealed class CostsApiException : Exception
{
    /// <summary>Makes one.</summary>
    public CostsApiException() { }

    /// <summary>Makes one with a message.</summary>
    public CostsApiException(string message)
        : base(message) { }

    /// <summary>Makes one with a message and a cause.</summary>
    public CostsApiException(string message, Exception innerException)
        : base(message, innerException) { }

    internal CostsApiException(HttpStatusCode status, string message, IReadOnlyDictionary<string, string[]>? errors)
        : base(message) => (Status, Errors) = (status, errors ?? Errors);

    /// <summary>The answer's status; 0 where there was no usable answer.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>For 400: what is wrong, by JSON pointer (<c>/3/quantity</c>) or by name of a query parameter.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal);
}
