using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Podcasto.Costs.Cli.Sending;

/// <summary>How far a file was acknowledged, kept beside it until all of it is.</summary>
internal sealed record SendState
{
    /// <summary>Acknowledged by this server; another knows nothing of it.</summary>
    public required string Server { get; init; }

    /// <summary>Ids of events without one are made of it, so that they stay the same in another run.</summary>
    public required Guid Seed { get; init; }

    public bool IsArray { get; init; }

    /// <summary>Everything before it is acknowledged, in bytes.</summary>
    public long Offset { get; init; }

    public long Number { get; init; }

    /// <summary>Where the last acknowledged event is: the file is the same if it still is there.</summary>
    public long LastStart { get; init; }

    public int LastLength { get; init; }

    public string LastHash { get; init; } = "";

    /// <summary>How long the file of rejected lines was.</summary>
    public long RejectedBytes { get; init; }

    public SendTotals Totals { get; init; } = new();

    [JsonIgnore]
    public Place Place => new(IsArray, Offset, Number);

    public SendState After(EventLine last, SendTotals totals, long rejectedBytes) =>
        this with
        {
            Offset = last.End,
            Number = last.Number,
            LastStart = last.Start,
            LastLength = last.Text.Length,
            LastHash = Hash(last.Text),
            Totals = totals,
            RejectedBytes = rejectedBytes,
        };

    public bool IsLast(byte[] text)
    {
        if (IsArray)
            text.AsSpan().ReplaceAny(System.Buffers.SearchValues.Create("\r\n"u8), (byte)' ');
        return LastHash == Hash(text);
    }

    private static string Hash(byte[] text) => Convert.ToHexStringLower(SHA256.HashData(text));
}

/// <summary>What became of the events so far.</summary>
internal sealed record SendTotals
{
    public long Accepted { get; init; }

    public long Duplicates { get; init; }

    public long Unpriced { get; init; }

    public long Rejected { get; init; }

    public long WithoutId { get; init; }

    public decimal TotalCostUsd { get; init; }

    [JsonIgnore]
    public long Events => Accepted + Duplicates + Rejected;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    NumberHandling = JsonNumberHandling.Strict
)]
[JsonSerializable(typeof(SendState))]
internal sealed partial class SendStateContext : JsonSerializerContext;
