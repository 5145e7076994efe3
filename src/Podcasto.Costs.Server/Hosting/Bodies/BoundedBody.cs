using System.Buffers;

namespace Podcasto.Costs.Server.Hosting.Bodies;

/// <summary>A whole body in a pooled buffer.</summary>
internal sealed class BoundedBody : IDisposable
{
    /// <summary>Most bytes of a JSON body of events or of the catalog, after decompression.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
    private int _length;
    private int _budget;

    /// <summary>For readers that want an array; it is of use until the body is disposed.</summary>
    public ArraySegment<byte> Segment => new(_buffer, 0, _length);

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <exception cref="BodyException">The body is too large, or its compression is damaged.</exception>
    public static async Task<BoundedBody> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
            throw TooLarge(maxBytes);
        var body = new BoundedBody();
        try
        {
            await body.FillAsync(request, maxBytes, cancellationToken);
            return body;
        }
        catch (InvalidDataException)
        {
            body.Dispose();
            throw new BodyException(Problems.Invalid("", "is not a complete gzip stream"));
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        BodyBudget.Release(_budget);
        _budget = 0;
    }

    private async Task FillAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        var stream = BodyStream.Open(request);
        while (true)
        {
            if (_length == _buffer.Length)
                Grow(request);
            var read = await stream.ReadAsync(_buffer.AsMemory(_length), cancellationToken);
            if (read == 0)
                return;
            _length += read;
            if (_length > maxBytes)
                throw TooLarge(maxBytes);
        }
    }

    private void Grow(HttpRequest request)
    {
        if (_length >= BodyBudget.Small)
        {
            if (!BodyBudget.TryTake(_buffer.Length))
                throw Busy(request);
            _budget += _buffer.Length;
        }

        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        Bytes.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private static BodyException Busy(HttpRequest request)
    {
        request.HttpContext.Response.Headers.RetryAfter = "1";
        return new(Problems.Busy("Too many large bodies arrive at once. Nothing of this one was stored; send it again after a while."));
    }

    private static BodyException TooLarge(int maxBytes) =>
        new(Problems.TooLarge($"A body of this route may have {maxBytes} bytes after decompression. Send less at a time."));
}
