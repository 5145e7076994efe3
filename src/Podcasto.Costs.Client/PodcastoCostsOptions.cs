namespace Podcasto.Costs.Client;

/// <summary>Where events go, and how many may wait. Options that are not valid stop nothing: an error is logged, and events are counted as dropped.</summary>
public sealed class PodcastoCostsOptions
{
    /// <summary>The server's address.</summary>
    /// <value>Required; the environment's <c>PODCASTO_COSTS_SERVER</c> by default.</value>
    public Uri? Address { get; set; }

    /// <summary>An API key: of the scope <c>ingest</c> to track, <c>read</c> to read.</summary>
    /// <value>Required; the environment's <c>PODCASTO_COSTS_KEY</c> by default.</value>
    public string? Key { get; set; }

    /// <summary>Most events that wait in memory; an event more is dropped.</summary>
    /// <value>Default 100,000, which is about 50 MB. From 1 to 10,000,000.</value>
    public int BufferCapacity { get; set; } = 100_000;

    /// <summary>Most events in a request; so many are sent at once, without waiting for more.</summary>
    /// <value>Default 1,000. From 1 to 10,000, which is the most that the server takes.</value>
    public int BatchSize { get; set; } = 1_000;

    /// <summary>How long an event waits for others to be sent with it.</summary>
    /// <value>Default 1 second. From 1 millisecond to 1 hour.</value>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the server may take for an answer before the request is repeated.</summary>
    /// <value>Default 100 seconds: a server that is slow is better waited for than asked twice. From 100 milliseconds to 10 minutes.</value>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>The pause before the first repeat; each further one is twice as long, more or less, by chance.</summary>
    /// <value>Default half a second. From 1 millisecond to 1 minute.</value>
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest pause between repeats, which go on until the server answers. Only a <c>Retry-After</c> of the server's may be longer, up to 10 minutes.</summary>
    /// <value>Default 30 seconds. From 1 millisecond to 10 minutes.</value>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the end of the process is held up to send what waits.</summary>
    /// <value>Default 5 seconds. From 0 to 10 minutes.</value>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether requests are compressed: about a tenth of the bytes, for some of the processor's time.</summary>
    /// <value>Default false.</value>
    public bool Compress { get; set; }

    /// <summary>A folder of this process's own, in which events wait on disk until the server has acknowledged them: neither a crash nor a long outage loses them.</summary>
    /// <value>Default null: events wait in memory only.</value>
    public string? SpoolFolder { get; set; }

    /// <summary>Most bytes of events in the folder; past it they wait in memory.</summary>
    /// <value>Default 256 MiB, about 700,000 events. From 1 MiB to 1 TiB.</value>
    public long SpoolMaxBytes { get; set; } = 256L << 20;

    /// <summary>How long an event may wait in memory before it is on disk: what a kill of the process can lose.</summary>
    /// <value>Default 50 milliseconds. From 1 millisecond to 1 minute.</value>
    public TimeSpan SpoolInterval { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Told of every event that was set aside, on a thread of the tracker's; what it throws is logged.</summary>
    /// <value>Default null: they are logged, and kept in <c>rejected.ndjson</c> of the spool's folder where there is one.</value>
    public Action<RejectedEvent>? OnRejected { get; set; }
}
