using System.Globalization;
using System.Text.Json.Nodes;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Ingest.Otlp;

/// <summary>Spans as OTLP's JSON has them.</summary>
internal static class Spans
{
    public const string Trace = "5b8efff798038103d269b633813fc60c";

    /// <summary>The end of every span: 2026-01-31T23:59:59.123456Z, and some nanoseconds.</summary>
    public const string End = "1769903999123456789";

    /// <summary>An export of one process.</summary>
    public static JsonObject Export(JsonArray resource, params JsonObject[] spans) =>
        new()
        {
            ["resourceSpans"] = new JsonArray(
                new JsonObject
                {
                    ["resource"] = new JsonObject { ["attributes"] = resource },
                    ["scopeSpans"] = new JsonArray(
                        new JsonObject
                        {
                            ["scope"] = new JsonObject { ["name"] = "x" },
                            ["spans"] = new JsonArray([.. spans]),
                        }
                    ),
                }
            ),
        };

    /// <summary>A client span.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="parent">Its parent's; 0 for none.</param>
    /// <param name="attributes">Text, integers, or texts.</param>
    public static JsonObject Span(int id, int parent, params (string Name, object Value)[] attributes) =>
        new()
        {
            ["traceId"] = Trace,
            ["spanId"] = Hex(id),
            ["parentSpanId"] = parent == 0 ? "" : Hex(parent),
            ["name"] = "chat",
            ["kind"] = 3,
            ["endTimeUnixNano"] = End,
            ["attributes"] = Attributes(attributes),
        };

    /// <summary>A call of Gemini.</summary>
    public static JsonObject Call(int id, int parent, int input, int output, params (string Name, object Value)[] more) =>
        Span(
            id,
            parent,
            [
                ("gen_ai.provider.name", "gcp.gemini"),
                ("gen_ai.operation.name", "generate_content"),
                ("gen_ai.request.model", "gemini-2.5-flash"),
                ("gen_ai.usage.input_tokens", input),
                ("gen_ai.usage.output_tokens", output),
                .. more,
            ]
        );

    public static JsonArray Attributes(params (string Name, object Value)[] attributes) =>
        new([.. attributes.Select(attribute => new JsonObject { ["key"] = attribute.Name, ["value"] = Value(attribute.Value) })]);

    public static string Hex(int id) => (0xeee19b7ec3c10000 + (ulong)id).ToString("x16", CultureInfo.InvariantCulture);

    private static JsonObject Value(object value) =>
        value switch
        {
            string text => new JsonObject { ["stringValue"] = text },
            string[] texts => new JsonObject
            {
                ["arrayValue"] = new JsonObject { ["values"] = new JsonArray([.. texts.Select(text => new JsonObject { ["stringValue"] = text })]) },
            },
            double number => new JsonObject { ["doubleValue"] = number },
            // As a text, as protobuf's JSON has them; some exporters send numbers.
            int number when number % 2 == 0 => new JsonObject { ["intValue"] = number.ToString(CultureInfo.InvariantCulture) },
            _ => new JsonObject { ["intValue"] = (int)value },
        };

    /// <summary>Sends an export that is taken; what was answered.</summary>
    public static async Task<string> TakeAsync(HttpClient client, JsonObject export)
    {
        using var response = await client.PostAsync("/v1/traces", Http.Json(export.ToJsonString()));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == 200, text);
        return text;
    }
}
