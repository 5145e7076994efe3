namespace Podcasto.Costs.Server.Ingest.Reading;

/// <summary>The metadata that prices and rollups look at.</summary>
internal enum MetadataField
{
    None,
    Model,
    Region,
    InputTokens,
    OutputTokens,
    DurationSeconds,
    DurationMs,
    FileSizeMb,
}

internal static class MetadataFields
{
    /// <summary>The field of an unescaped name.</summary>
    public static MetadataField Of(ReadOnlySpan<byte> name) =>
        name.Length switch
        {
            5 when name.SequenceEqual("model"u8) => MetadataField.Model,
            6 when name.SequenceEqual("region"u8) => MetadataField.Region,
            11 when name.SequenceEqual("duration_ms"u8) => MetadataField.DurationMs,
            12 when name.SequenceEqual("input_tokens"u8) => MetadataField.InputTokens,
            12 when name.SequenceEqual("file_size_mb"u8) => MetadataField.FileSizeMb,
            13 when name.SequenceEqual("output_tokens"u8) => MetadataField.OutputTokens,
            16 when name.SequenceEqual("duration_seconds"u8) => MetadataField.DurationSeconds,
            _ => MetadataField.None,
        };
}
