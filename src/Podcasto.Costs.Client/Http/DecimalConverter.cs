using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Podcasto.Costs.Client.Http;

/// <summary>Decimals travel as strings, so that no reader on the way makes binary floating point of them; numbers are read too.</summary>
internal sealed class DecimalConverter : JsonConverter<decimal>
{
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            return reader.GetDecimal();
        return decimal.TryParse(reader.GetString(), Plain, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new JsonException("The text is no decimal.");
    }

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
}
