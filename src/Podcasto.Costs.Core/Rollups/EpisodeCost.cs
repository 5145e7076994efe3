namespace Podcasto.Costs.Core.Rollups;

/// <summary>What events cost an episode, by category, with its usage metrics: a sum, or a change of one.</summary>
public sealed class EpisodeCost(Guid episodeId)
{
    private readonly decimal[] _costUsd = new decimal[Categories.Names.Count];

    /// <summary>The episode.</summary>
    public Guid EpisodeId { get; } = episodeId;

    /// <summary>The episode's podcast in the catalog, as known while the events were added.</summary>
    public Guid? CatalogPodcastId { get; set; }

    /// <summary>The earliest event, by (timestamp, id), that names a podcast of its own.</summary>
    public NamingEvent? FirstNaming { get; private set; }

    /// <summary>The catalog's podcast, else the one of the first event that names one.</summary>
    public Guid? PodcastId => CatalogPodcastId ?? FirstNaming?.PodcastId;

    /// <summary>US dollars, all categories.</summary>
    public decimal TotalCostUsd { get; private set; }

    /// <summary>Tokens of the AI categories.</summary>
    public decimal TotalTokens { get; private set; }

    /// <summary>E-mails.</summary>
    public decimal TotalEmailsSent { get; private set; }

    /// <summary>S3 requests.</summary>
    public decimal TotalS3Operations { get; private set; }

    /// <summary>Megabytes put to S3.</summary>
    public decimal StorageMb { get; private set; }

    /// <summary>Seconds of Lambda runs.</summary>
    public decimal LambdaDurationSeconds { get; private set; }

    /// <summary>How many events.</summary>
    public long EventCount { get; private set; }

    /// <summary>The timestamp of the latest event.</summary>
    public DateTimeOffset LastEventAt { get; private set; }

    /// <summary>US dollars of one category.</summary>
    public decimal CostUsd(Category category) => _costUsd[(int)category];

    /// <summary>Adds events of one service.</summary>
    /// <param name="contribution">What they add.</param>
    /// <param name="category">The service's category.</param>
    /// <param name="lastEventAt">The timestamp of the latest of them.</param>
    public void Add(in Contribution contribution, Category category, DateTimeOffset lastEventAt)
    {
        _costUsd[(int)category] += contribution.CostUsd;
        TotalCostUsd += contribution.CostUsd;
        EventCount += contribution.EventCount;
        if (lastEventAt > LastEventAt)
            LastEventAt = lastEventAt;

        var metrics = contribution.Metrics;
        switch (category)
        {
            case Category.AiText or Category.AiImage or Category.AiTts:
                TotalTokens += metrics.Tokens;
                break;
            case Category.Email:
                TotalEmailsSent += metrics.Emails;
                break;
            case Category.S3Operations:
                TotalS3Operations += metrics.Requests;
                break;
            case Category.LambdaExecution:
                LambdaDurationSeconds += metrics.DurationSeconds;
                break;
            default:
                break;
        }

        // By the service, not the category: a rule may put s3_put elsewhere, its files are stored all the same.
        if (contribution.Service == "s3_put")
            StorageMb += metrics.FileSizeMb;
    }

    /// <summary>Adds what other events of the episode cost.</summary>
    public void Add(EpisodeCost other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var category = 0; category < _costUsd.Length; category++)
            _costUsd[category] += other._costUsd[category];
        TotalCostUsd += other.TotalCostUsd;
        TotalTokens += other.TotalTokens;
        TotalEmailsSent += other.TotalEmailsSent;
        TotalS3Operations += other.TotalS3Operations;
        StorageMb += other.StorageMb;
        LambdaDurationSeconds += other.LambdaDurationSeconds;
        EventCount += other.EventCount;
        if (other.LastEventAt > LastEventAt)
            LastEventAt = other.LastEventAt;
        if (other.FirstNaming is { } naming)
            AddNaming(naming);
    }

    /// <summary>The sums as bytes, to be put aside and read back by the same version.</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        decimal[] amounts = [.. _costUsd, TotalTokens, TotalEmailsSent, TotalS3Operations, StorageMb, LambdaDurationSeconds];
        // Most are zero: only the others are written, after bits that say which.
        writer.Write(amounts.Select((amount, index) => amount == 0 ? 0 : 1 << index).Sum());
        foreach (var amount in amounts.Where(amount => amount != 0))
            writer.Write(amount);
        writer.Write(EventCount);
        writer.Write(LastEventAt.UtcTicks);
        if (FirstNaming is { } naming)
        {
            writer.Write(naming.Timestamp.UtcTicks);
            writer.Write(naming.EventId.ToByteArray());
            writer.Write(naming.PodcastId.ToByteArray());
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>What <see cref="ToBytes"/> put aside.</summary>
    public static EpisodeCost Of(Guid episodeId, byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var episode = new EpisodeCost(episodeId);
        var present = reader.ReadInt32();
        var next = 0;
        for (var category = 0; category < episode._costUsd.Length; category++)
            episode.TotalCostUsd += episode._costUsd[category] = Next();
        episode.TotalTokens = Next();
        episode.TotalEmailsSent = Next();
        episode.TotalS3Operations = Next();
        episode.StorageMb = Next();
        episode.LambdaDurationSeconds = Next();
        episode.EventCount = reader.ReadInt64();
        episode.LastEventAt = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero);
        if (reader.BaseStream.Position < bytes.Length)
            episode.FirstNaming = new NamingEvent(
                new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
                new Guid(reader.ReadBytes(16)),
                new Guid(reader.ReadBytes(16))
            );
        return episode;

        decimal Next() => (present >> next++ & 1) == 0 ? 0 : reader.ReadDecimal();
    }

    /// <summary>Takes note of an event that names a podcast of its own.</summary>
    public void AddNaming(NamingEvent naming)
    {
        ArgumentNullException.ThrowIfNull(naming);
        if (FirstNaming is null || naming.IsBefore(FirstNaming))
            FirstNaming = naming;
    }
}
