using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Podcasto.Costs.Cli.Sending;

/// <summary>Gives ids to events that have none, so that a repeat is harmless for them too.</summary>
internal sealed class EventIds(Guid seed)
{
    /// <summary>How many ids were made.</summary>
    public long Made { get; private set; }

    /// <summary>The event with an id: its own, or one that every run with the seed makes again.</summary>
    public byte[] Identify(EventLine line)
    {
        var place = FindPlace(line.Text);
        if (place is not { } where)
            return line.Text;
        Made++;
        var text = Encoding.ASCII.GetBytes(string.Format(System.Globalization.CultureInfo.InvariantCulture, where.Format, Make(line.Number)));
        return [.. line.Text.AsSpan(0, where.Start), .. text, .. line.Text.AsSpan(where.End)];
    }

    // A version 7 id: the seed's time and some of its chance, then the number, so that they sort as they lie.
    private Guid Make(long number)
    {
        Span<byte> bytes = stackalloc byte[16];
        seed.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[10..], (ushort)(number >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[12..], (uint)(number & uint.MaxValue));
        return new Guid(bytes, bigEndian: true);
    }

    // Where an id goes; null where there is one, or where the server will refuse the line anyway and say why.
    private static (int Start, int End, string Format)? FindPlace(byte[] text)
    {
        var reader = new Utf8JsonReader(text);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            var start = (int)reader.BytesConsumed;
            var isEmpty = true;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                isEmpty = false;
                var isId = reader.ValueTextEquals("id"u8);
                reader.Read();
                if (isId)
                    return reader.TokenType == JsonTokenType.Null ? ((int)reader.TokenStartIndex, (int)reader.BytesConsumed, "\"{0}\"") : null;
                reader.Skip();
            }

            return (start, start, isEmpty ? "\"id\":\"{0}\"" : "\"id\":\"{0}\",");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
