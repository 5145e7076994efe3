using System.Text.Json.Serialization;

namespace Podcasto.Costs.Client.Exports;

/// <summary>The columns of a FOCUS export.</summary>
public sealed record FocusSchemaView
{
    /// <summary>Another one whenever the columns change.</summary>
    [JsonPropertyName("SchemaId")]
    public Guid SchemaId { get; init; }

    /// <summary>The version of FOCUS that they follow.</summary>
    [JsonPropertyName("FocusVersion")]
    public string FocusVersion { get; init; } = "";

    /// <summary>When the columns became what they are, UTC.</summary>
    [JsonPropertyName("CreationDate")]
    public DateTimeOffset CreationDate { get; init; }

    /// <summary>The version of the server.</summary>
    [JsonPropertyName("DataGeneratorVersion")]
    public string DataGeneratorVersion { get; init; } = "";

    /// <summary>The columns, in their order.</summary>
    [JsonPropertyName("ColumnDefinition")]
    public IReadOnlyList<FocusColumnView> ColumnDefinition { get; init; } = [];
}

/// <summary>A column of a FOCUS export.</summary>
public sealed record FocusColumnView
{
    /// <summary>Its name.</summary>
    [JsonPropertyName("ColumnName")]
    public string ColumnName { get; init; } = "";

    /// <summary><c>Decimal</c>, <c>String</c>, <c>Date/Time</c> or <c>JSON</c>.</summary>
    [JsonPropertyName("DataType")]
    public string DataType { get; init; } = "";

    /// <summary>Most digits of a decimal.</summary>
    [JsonPropertyName("NumericPrecision"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? NumericPrecision { get; init; }

    /// <summary>Most digits of a decimal after the point.</summary>
    [JsonPropertyName("NumberScale"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? NumberScale { get; init; }

    /// <summary>Most characters of a text.</summary>
    [JsonPropertyName("StringMaxLength"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? StringMaxLength { get; init; }

    /// <summary>How a text is encoded.</summary>
    [JsonPropertyName("StringEncoding"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StringEncoding { get; init; }

    /// <summary>What the keys start with that the generator made.</summary>
    [JsonPropertyName("ProviderTagPrefixes"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? ProviderTagPrefixes { get; init; }
}
