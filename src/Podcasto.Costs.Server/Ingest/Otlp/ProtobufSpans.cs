using Google.Protobuf;

namespace Podcasto.Costs.Server.Ingest.Otlp;

/// <summary>
/// Reads the spans of an export request in protobuf, by the numbers that OTLP gives its fields. It reads along the bytes instead of into generated
/// messages: an empty message takes two bytes of a body, and a hundred of memory.
/// </summary>
internal sealed class ProtobufSpans(ArraySegment<byte> body, SpanBatch batch)
{
    private readonly byte[] _body = body.Array!;

    /// <exception cref="InvalidProtocolBufferException">It is not what it should be.</exception>
    public void Read()
    {
        var request = new CodedInputStream(_body, body.Offset, body.Count);
        while (request.ReadTag() is > 0 and var tag)
        {
            if (tag == Field(1))
                ReadResourceSpans(Enter(request));
            else
                request.SkipLastField();
        }
    }

    private void ReadResourceSpans(CodedInputStream input)
    {
        // May stand behind its spans.
        var resource = new SpanAttributes();
        while (input.ReadTag() is > 0 and var tag)
        {
            if (tag == Field(1))
                ReadResource(Enter(input), resource);
            else if (tag == Field(2))
                ReadScopeSpans(Enter(input), resource);
            else
                input.SkipLastField();
        }
    }

    private void ReadResource(CodedInputStream input, SpanAttributes resource)
    {
        while (input.ReadTag() is > 0 and var tag)
        {
            if (tag == Field(1))
                ReadAttribute(Enter(input), resource);
            else
                input.SkipLastField();
        }
    }

    private void ReadScopeSpans(CodedInputStream input, SpanAttributes resource)
    {
        while (input.ReadTag() is > 0 and var tag)
        {
            if (tag == Field(2))
                ReadSpan(Enter(input), new ReceivedSpan { Resource = resource });
            else
                input.SkipLastField();
        }
    }

    private void ReadSpan(CodedInputStream input, ReceivedSpan span)
    {
        while (input.ReadTag() is > 0 and var tag)
        {
            if (tag == Field(1))
                span.TraceId = SpanIds.Trace(input.ReadBytes().Span);
            else if (tag == Field(2))
                span.SpanId = SpanIds.Span(input.ReadBytes().Span);
            else if (tag == Field(4))
                span.ParentId = SpanIds.Span(input.ReadBytes().Span);
            else if (tag == Field(6, WireFormat.WireType.Varint))
                span.Kind = input.ReadEnum();
            else if (tag == Field(8, WireFormat.WireType.Fixed64))
                span.EndNanoseconds = input.ReadFixed64();
            else if (tag == Field(9))
                ReadAttribute(Enter(input), span.Attributes);
            else if (tag == Field(15))
                ReadStatus(Enter(input), span);
            else
                input.SkipLastField();
        }

        batch.Add(span);
    }

    private static void ReadStatus(CodedInputStream input, ReceivedSpan span)
    {
        const int Error = 2;
        while (input.ReadTag() is > 0 and var tag)
        {
            if (tag == Field(3, WireFormat.WireType.Varint))
                span.Failed = input.ReadEnum() == Error;
            else
                input.SkipLastField();
        }
    }

    private void ReadAttribute(CodedInputStream input, SpanAttributes to)
    {
        var (name, value) = ("", default(AttributeValue));
        while (input.ReadTag() is > 0 and var tag)
        {
            if (tag == Field(1))
                name = input.ReadString();
            // The texts of prompts may be long: what is not asked for is not read.
            else if (tag == Field(2) && (name.Length == 0 || SpanFacts.TryGet(name, out _)))
                value = ReadValue(Enter(input));
            else
                input.SkipLastField();
        }

        to.Add(name, value);
    }

    private AttributeValue ReadValue(CodedInputStream input)
    {
        var value = default(AttributeValue);
        while (input.ReadTag() is > 0 and var tag)
        {
            if (tag == Field(1))
                value = AttributeValue.Of(input.ReadString());
            else if (tag == Field(3, WireFormat.WireType.Varint))
                value = AttributeValue.Of(input.ReadInt64());
            else if (tag == Field(4, WireFormat.WireType.Fixed64))
                value = AttributeValue.OfBinary64(input.ReadFixed64());
            else if (tag == Field(5))
                value = AttributeValue.Of(ReadTexts(Enter(input)));
            else
                input.SkipLastField();
        }

        return value;
    }

    // Of an array only the texts, and no arrays in it: nobody's nesting leads anywhere.
    private List<string> ReadTexts(CodedInputStream input)
    {
        var texts = new List<string>();
        while (input.ReadTag() is > 0 and var tag)
        {
            if (tag != Field(1))
            {
                input.SkipLastField();
                continue;
            }

            var item = Enter(input);
            while (item.ReadTag() is > 0 and var kind)
            {
                if (kind == Field(1))
                    texts.Add(item.ReadString());
                else
                    item.SkipLastField();
            }
        }

        return texts;
    }

    // The library skips over the message, which proves that it is all there, and gives its place in the body: nothing is copied.
    private CodedInputStream Enter(CodedInputStream outer)
    {
        var start = (int)outer.Position;
        outer.SkipLastField();
        var inner = new CodedInputStream(_body, start, (int)outer.Position - start);
        inner.ReadLength();
        return inner;
    }

    private static uint Field(int number, WireFormat.WireType type = WireFormat.WireType.LengthDelimited) => WireFormat.MakeTag(number, type);
}
