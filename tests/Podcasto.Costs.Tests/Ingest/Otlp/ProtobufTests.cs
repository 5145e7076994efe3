using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using Podcasto.Costs.Server.Ingest.Otlp;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Ingest.Otlp;

/// <summary>What the stock exporter of .NET does not send, in protobuf: other kinds of values, failures, fields that nobody knows.</summary>
public sealed class ProtobufTests
{
    private const string Podcast = "0198d0c6-0000-7000-8000-0000000000d1";

    [Fact]
    public async Task Spans_are_read_as_their_json_is_and_answered_in_protobuf()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        var call = Span(1, Attribute("gen_ai.system", Text("openai")), Attribute("gen_ai.usage.input_tokens", Number(12)));
        // It failed, and cost nothing: no rejection. The same without a failure is one.
        var failed = Span(2, Attribute("gen_ai.operation.name", Text("chat")), Field(15, Varint(3, 2)));
        var silent = Span(3, Attribute("gen_ai.operation.name", Text("chat")), Field(15, Varint(3, 1)), Field(99, Varint(1, 1)));
        var resource = Field(1, Field(1, Key("podcasto.podcast_id"), Text(Podcast)));
        var body = Field(1, resource, Field(2, call, failed, silent));
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        using var response = await client.PostAsync("/v1/traces", content);
        var answer = await response.Content.ReadAsByteArrayAsync();
        Assert.True((int)response.StatusCode == 200, Encoding.UTF8.GetString(answer));
        Assert.Equal("application/x-protobuf", response.Content.Headers.ContentType!.MediaType);

        var only = Assert.Single((await client.GetJsonAsync("/api/v1/events"))["items"]!.AsArray())!;
        Assert.Equal(("12", Podcast, "openai_text"), ((string)only["quantity"]!, (string)only["podcast_id"]!, (string)only["service"]!));
        // partial_success { rejected_spans: 1, error_message }
        var outer = new CodedInputStream(answer);
        Assert.Equal(WireFormat.MakeTag(1, WireFormat.WireType.LengthDelimited), outer.ReadTag());
        var partial = outer.ReadBytes().CreateCodedInput();
        Assert.Equal(WireFormat.MakeTag(1, WireFormat.WireType.Varint), partial.ReadTag());
        Assert.Equal(1, partial.ReadInt64());
        Assert.Equal(WireFormat.MakeTag(2, WireFormat.WireType.LengthDelimited), partial.ReadTag());
        Assert.Contains("1 span ignored", partial.ReadString(), StringComparison.Ordinal);
    }

    private static byte[] Span(byte id, params byte[][] fields) =>
        Field(2, [Field(1, [.. new byte[15], id]), Field(2, [.. new byte[7], id]), Fixed64(8, 1_769_903_999_123_456_789), .. fields]);

    private static byte[] Attribute(string name, byte[] value) => Field(9, Key(name), value);

    private static byte[] Key(string name) => Field(1, Encoding.UTF8.GetBytes(name));

    private static byte[] Text(string text) => Field(2, Field(1, Encoding.UTF8.GetBytes(text)));

    private static byte[] Number(double number) => Field(2, Fixed64(4, BitConverter.DoubleToUInt64Bits(number)));

    private static byte[] Varint(int field, int value) =>
        TraceEncoding.Message(output =>
        {
            output.WriteTag(field, WireFormat.WireType.Varint);
            output.WriteInt32(value);
        });

    private static byte[] Fixed64(int field, ulong value) =>
        TraceEncoding.Message(output =>
        {
            output.WriteTag(field, WireFormat.WireType.Fixed64);
            output.WriteFixed64(value);
        });

    private static byte[] Field(int field, params byte[][] parts) =>
        TraceEncoding.Message(output =>
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom([.. parts.SelectMany(part => part)]));
        });
}
