using System.Text;
using System.Text.Json;
using CsCheck;
using Podcasto.Costs.Core.Numbers;
using Podcasto.Costs.Server.Ingest.Reading;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Ingest;

/// <summary>Metadata against System.Text.Json, on values that CsCheck makes up: blanks, escapes, repeated names, numbers of every form.</summary>
public sealed class MetadataReaderTests
{
    private static readonly string[] Names =
    [
        "\"model\"",
        "\"region\"",
        "\"input_tokens\"",
        "\"output_tokens\"",
        "\"duration_ms\"",
        "\"duration_seconds\"",
        "\"file_size_mb\"",
        "\"a\"",
        "\"\\u0061\"",
        "\"b\\n\"",
        "\"ü\"",
        "\"\\u00fc\"",
        "\"\"",
        "\"input\\u005ftokens\"",
    ];

    private static readonly string[] Scalars =
    [
        "null",
        "true",
        "false",
        "0",
        "-0",
        "12",
        "1200",
        "1.50",
        "1e3",
        "-4",
        "1e13",
        "0.0000000001",
        "123456789012345678901234567890",
        "\"\"",
        "\"us-east-1\"",
        "\"a\\\"b\\\\c\\/\"",
        "\"\\u0001\\b\\t\"",
        "\"ü 😀\"",
        "\"\\ud83d\\ude00\"",
        "\"1\"",
    ];

    private static readonly Gen<string> Blank = Pick.From("", "", "", " ", "\n\t ");

    private static readonly Gen<string> Value = Gen.Recursive<string>(
        (depth, value) =>
            depth > 3 ? Pick.From(Scalars) : Gen.Frequency((5, Pick.From(Scalars)), (1, List("[", "]", value)), (1, List("{", "}", Member(value))))
    );

    private static readonly Gen<string> Metadata = Gen.Frequency(
        (4, List("{", "}", Member(Value))),
        (1, Gen.Int[0, 40].Select(count => $"{{{string.Join(',', Enumerable.Range(0, count).Select(index => $"\"n{index % 37}\":{index}"))}}}"))
    );

    [Fact]
    public void Metadata_is_compacted_as_a_writer_of_json_would() =>
        Metadata.Sample(
            text =>
            {
                var (error, compact, _) = Read(text);
                Assert.Equal(IsRefused(text), error is not null);
                if (error is null)
                    Assert.Equal(Rewritten(text), Encoding.UTF8.GetString(compact.Compact.Span));
            },
            iter: 20_000
        );

    [Fact]
    public void Numbers_and_dimensions_are_found_whatever_stands_around_them() =>
        Metadata.Sample(
            text =>
            {
                var (error, read, rest) = Read(text);
                Assert.Equal("true", rest);
                if (error is not null)
                    return;
                using var document = JsonDocument.Parse(text);
                var root = document.RootElement;
                Assert.Equal(Dimension(root, "model"), read.Model);
                Assert.Equal(Dimension(root, "region"), read.Region);
                var (input, output) = (Number(root, "input_tokens"), Number(root, "output_tokens"));
                Assert.Equal(input is null && output is null ? null : (input ?? 0) + (output ?? 0), read.Usage.Tokens);
                Assert.Equal(Number(root, "duration_seconds") ?? (Number(root, "duration_ms") / 1000), read.Usage.DurationSeconds);
                Assert.Equal(Number(root, "file_size_mb"), read.Usage.FileSizeMb);
            },
            iter: 20_000
        );

    [Theory]
    [InlineData(16 * 1024, true)]
    [InlineData(16 * 1024 + 1, false)]
    public void The_limit_is_that_of_the_compact_form(int bytes, bool isTaken)
    {
        var text = new string('x', bytes - 8);
        Assert.Equal(isTaken, Read($"{{\"a\":\"{text}\"}}").Error is null);
        Assert.Equal(isTaken, Read($"{{ \"a\" :\n\"{text}\" }}").Error is null);
        Assert.Equal(isTaken, Read($"{{\"\\u0061\":\"{text}\"}}").Error is null);
    }

    // Reads it as one of two values of an array, so that the reader must end where the metadata does; what follows it is answered too.
    private static ((string, string)? Error, MetadataReader Read, string Next) Read(string text)
    {
        var body = Encoding.UTF8.GetBytes($" [ {text} ,true]");
        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = EventBody.MaxDepth });
        json.Read();
        json.Read();
        var reader = new MetadataReader(new Utf8StringPool());
        var error = reader.Read(ref json, body);
        json.Read();
        return (error, reader, Encoding.UTF8.GetString(json.ValueSpan));
    }

    // For a name given twice, or a dimension that is no text.
    private static bool IsRefused(string text)
    {
        using var document = JsonDocument.Parse(text);
        var properties = document.RootElement.EnumerateObject().ToList();
        return properties.DistinctBy(property => property.Name).Count() != properties.Count
            || properties.Exists(property =>
                property.Name is "model" or "region" && property.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)
            );
    }

    // By hand: the writer of System.Text.Json escapes more than JSON demands.
    private static string Rewritten(string text)
    {
        using var document = JsonDocument.Parse(text);
        var output = new StringBuilder();
        Write(document.RootElement, output);
        return output.ToString();
    }

    private static void Write(JsonElement element, StringBuilder output)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                output
                    .Append('{')
                    .AppendJoin(',', element.EnumerateObject().Select(property => $"{Quoted(property.Name)}:{Text(property.Value)}"))
                    .Append('}');
                break;
            case JsonValueKind.Array:
                output.Append('[').AppendJoin(',', element.EnumerateArray().Select(Text)).Append(']');
                break;
            case JsonValueKind.String:
                output.Append(Quoted(element.GetString()!));
                break;
            default:
                output.Append(element.GetRawText());
                break;
        }
    }

    private static string Text(JsonElement element)
    {
        var output = new StringBuilder();
        Write(element, output);
        return output.ToString();
    }

    private static string Quoted(string text) => $"\"{string.Concat(text.Select(Escaped))}\"";

    private static string Escaped(char character) =>
        character switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            < ' ' => $"\\u{(int)character:x4}",
            _ => character.ToString(),
        };

    private static string? Dimension(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;

    private static decimal? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetDecimal(out var number)
        && number is >= 0 and <= 1_000_000_000_000m
        && decimal.Round(number, 9) == number
            ? number
            : null;

    private static Gen<string> Member(Gen<string> value) =>
        from name in Pick.From(Names)
        from blank in Blank
        from content in value
        select $"{name}{blank}:{content}";

    private static Gen<string> List(string open, string close, Gen<string> item) =>
        from items in Gen.Select(Blank, item).Select((blank, text) => blank + text + blank).Array[0, 6]
        from blank in Blank
        select $"{open}{blank}{string.Join(',', items)}{close}";
}
