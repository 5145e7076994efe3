namespace Podcasto.Costs.Server.Exports.Focus;

/// <summary>What a price measures: <c>SkuMeter</c>.</summary>
internal static class FocusMeters
{
    private static readonly Dictionary<(string Service, string Unit), string> Known = new()
    {
        [("gemini_tts", "input_tokens")] = "Text Input Tokens",
        [("gemini_tts", "output_tokens")] = "Audio Output Tokens",
        [("gemini_image", "images")] = "Image Output",
        [("s3_put", "requests")] = "Tier 1 Requests",
        [("s3_list", "requests")] = "Tier 1 Requests",
        [("s3_get", "requests")] = "Tier 2 Requests",
        [("s3_delete", "requests")] = "Tier 2 Requests",
        [("s3_storage", "gb")] = "Storage",
        [("s3_storage", "mb")] = "Storage",
        [("ses", "emails")] = "Recipients",
    };

    /// <summary>The meter of a price.</summary>
    /// <param name="service">The price's service, which may be a pattern: all that it covers share the meter.</param>
    /// <param name="unit">Its unit.</param>
    public static string Of(string service, string unit) =>
        Known.TryGetValue((service, unit), out var meter) ? meter
        : unit == "gb_seconds" && service.StartsWith("lambda", StringComparison.Ordinal) ? "Duration"
        : FocusUnits.Title(unit);
}
