using System.Buffers;
using System.Text.Json;
using Podcasto.Costs.Server.Hosting.Bodies;

namespace Podcasto.Costs.Server.Ingest.Reading;

/// <summary>Writes a JSON value anew: without insignificant blanks, and with no escapes but those that JSON demands.</summary>
internal sealed class CompactJson
{
    private readonly ArrayBufferWriter<byte> _output = new(1024);
    private byte[] _scratch = new byte[256];

    /// <summary>The compact form, which stands until the next call.</summary>
    /// <param name="json">A value that has been read before: well-formed, without NULs and lone surrogates.</param>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> json)
    {
        _output.ResetWrittenCount();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = EventBody.MaxDepth });
        var first = true;
        while (reader.Read())
        {
            var ends = reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
            if (!first && !ends)
                _output.Write(","u8);
            first = reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.StartObject or JsonTokenType.StartArray;
            WriteToken(ref reader);
        }

        return _output.WrittenSpan;
    }

    private void WriteToken(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.String))
        {
            _output.Write(reader.ValueSpan);
            return;
        }

        _output.Write("\""u8);
        if (reader.ValueIsEscaped)
        {
            if (_scratch.Length < reader.ValueSpan.Length)
                _scratch = new byte[reader.ValueSpan.Length * 2];
            JsonText.TryGet(ref reader, _scratch, out var text);
            JsonEscape.Write(_output, text);
        }
        else
        {
            _output.Write(reader.ValueSpan);
        }

        _output.Write(reader.TokenType == JsonTokenType.PropertyName ? "\":"u8 : "\""u8);
    }
}
