using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Podcasto.Costs.Benchmarks.Load;

/// <summary>One kept-alive HTTP/1.1 connection that posts prepared bytes: HttpClient would take more CPU than the server under test.</summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _answer = new byte[64 * 1024];

    public HttpConnection(int port) => _socket.Connect(IPAddress.Loopback, port);

    /// <summary>The head of a request; the body follows it.</summary>
    public static byte[] Head(string contentType, long length, string key, params string[] headers)
    {
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"POST /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Content-Type: {contentType}\r\nContent-Length: {length}\r\n");
        foreach (var header in headers)
            text.Append(header).Append("\r\n");
        return Encoding.ASCII.GetBytes(text.Append("\r\n").ToString());
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await _socket.SendAsync(bytes)..];
    }

    /// <summary>Reads one answer to its end.</summary>
    /// <exception cref="InvalidOperationException">It is not a 200.</exception>
    public async ValueTask<string> ReadAnswerAsync(bool keepBody = false)
    {
        var filled = 0;
        while (true)
        {
            if (filled == _answer.Length)
                Array.Resize(ref _answer, _answer.Length * 2);
            var read = await _socket.ReceiveAsync(_answer.AsMemory(filled));
            if (read == 0)
                throw new InvalidOperationException("The server closed the connection.");
            filled += read;
            if (IsComplete(_answer.AsSpan(0, filled)))
                break;
        }

        var answer = _answer.AsSpan(0, filled);
        if (!answer.StartsWith("HTTP/1.1 200"u8))
            throw new InvalidOperationException(Encoding.UTF8.GetString(answer[..Math.Min(600, filled)]));
        return keepBody ? Encoding.UTF8.GetString(answer) : "";
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsComplete(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        var head = answer[..end];
        if (head.IndexOf("chunked"u8) >= 0)
            return answer.EndsWith("0\r\n\r\n"u8);
        var at = head.IndexOf("Content-Length: "u8);
        return at >= 0 && Utf8Parser.TryParse(head[(at + 16)..], out int length, out _) && answer.Length >= end + 4 + length;
    }
}
