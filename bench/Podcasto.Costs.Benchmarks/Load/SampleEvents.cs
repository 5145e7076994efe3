using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Podcasto.Costs.Benchmarks.Load;

/// <summary>In which order events arrive.</summary>
internal enum Arrival
{
    /// <summary>As pipelines run: ids and times ascend, an episode's events stand together.</summary>
    Live,

    /// <summary>A back-fill shuffled over 90 days: ids in no order, nearly every event of another episode.</summary>
    Shuffled,

    /// <summary>All of one episode.</summary>
    OneEpisode,
}

/// <summary>Believable events of a podcast pipeline, by number: the same number gives the same event. Rendered from templates, so that making them costs next to nothing.</summary>
/// <param name="arrival">Their order.</param>
/// <param name="seed">Keeps the ids of one run apart from another's.</param>
/// <param name="eventsPerEpisode">How many events an episode has.</param>
internal sealed class SampleEvents(Arrival arrival, int seed, int eventsPerEpisode = 50)
{
    private const int Podcasts = 20;
    private const string Id = "11111111-1111-1111-1111-111111111111";
    private const string Episode = "22222222-2222-2222-2222-222222222222";
    private const string Podcast = "33333333-3333-3333-3333-333333333333";
    private const string Time = "2026-01-01T00:00:00.000000Z";

    // A day of the past, so that a run of any length stays within the limits of timestamps.
    private static readonly DateTime Start = new(2026, 8, 1, 6, 0, 0, DateTimeKind.Utc);

    private static readonly Template[] Templates =
    [
        new(
            "ai_api_call",
            "gemini_text",
            "5321",
            "tokens",
            """{"model":"gemini-2.5-flash","input_tokens":4200,"output_tokens":1121,"operation":"script","attempt":1}"""
        ),
        new(
            "ai_api_call",
            "gemini_tts",
            "8040",
            "tokens",
            """{"model":"gemini-2.5-flash-tts","input_tokens":440,"output_tokens":7600,"voice":"Kore"}"""
        ),
        new(
            "s3_operation",
            "s3_put",
            "1",
            "requests",
            """{"region":"us-east-1","file_size_mb":17.867,"bucket":"podcasto-audio","key":"episodes/final.mp3"}"""
        ),
        new("lambda_execution", "lambda_audio", "602.934", "gb_seconds", """{"region":"us-east-1","duration_seconds":200.978,"memory_mb":3072}"""),
        new(
            "ai_api_call",
            "gemini_text",
            "911",
            "tokens",
            """{"model":"gemini-2.5-flash-lite","input_tokens":800,"output_tokens":111,"operation":"title"}"""
        ),
        new("s3_operation", "s3_get", "1", "requests", """{"region":"us-east-1","bucket":"podcasto-audio"}"""),
        new("ai_api_call", "gemini_image", "1", "images", """{"model":"gemini-2.5-flash-image","size":"1024x1024"}"""),
        new("sqs_message", "sqs", "1", "requests", """{"region":"us-east-1","queue":"episodes"}"""),
        new("ses_email", "ses", "12", "emails", """{"region":"us-east-1","template":"new-episode"}"""),
        new("other", "telegram_api", "3", "requests", "null"),
    ];

    /// <summary>The time between two events of <see cref="Arrival.Live"/>.</summary>
    public long MicrosPerEvent { get; init; } = 250;

    /// <summary>How long after the others these begin.</summary>
    public TimeSpan After { get; init; }

    /// <summary>Most bytes that one event takes.</summary>
    public static int MaxBytes { get; } = Templates.Max(template => template.Json.Length);

    /// <summary>Writes one event as JSON.</summary>
    /// <returns>How many bytes.</returns>
    public int Write(long number, Span<byte> to)
    {
        var template = Templates[number % Templates.Length];
        template.Json.CopyTo(to);
        var random = Mix((ulong)number + ((ulong)seed << 40));
        var episode = arrival switch
        {
            Arrival.Live => (ulong)(number / eventsPerEpisode),
            Arrival.Shuffled => random % 100_000UL,
            _ => 7UL,
        };
        var micros = arrival == Arrival.Shuffled ? (long)(Mix(random) % (90UL * 86_400_000_000)) : number * MicrosPerEvent;
        var time = Start.AddTicks(micros * 10) + After;
        var id = arrival == Arrival.Shuffled ? RandomId(random) : AscendingId(time, number, random);
        Format(id, to, template.IdAt);
        Format(RandomId(Mix(episode + 1_000_003)), to, template.EpisodeAt);
        Format(RandomId(Mix(episode % Podcasts + 77)), to, template.PodcastAt);
        Format(time, to[template.TimeAt..]);
        return template.Json.Length;
    }

    private static Guid AscendingId(DateTime time, long number, ulong random)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(
            bytes,
            (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond << 16 | 0x7000 | (number & 0xfff)
        );
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], 0x8000_0000_0000_0000 | (random >> 2));
        return new Guid(bytes, bigEndian: true);
    }

    private static Guid RandomId(ulong random)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, random & ~0xf000UL | 0x4000);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], 0x8000_0000_0000_0000 | (Mix(random) >> 2));
        return new Guid(bytes, bigEndian: true);
    }

    private static void Format(Guid id, Span<byte> to, int at) => Utf8Formatter.TryFormat(id, to[at..], out _);

    private static void Format(DateTime time, Span<byte> to) =>
        time.TryFormat(to, out _, "yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    // The finalizer of SplitMix64 (Steele, Lea and Flood, 2014): every bit of the input changes every bit of the output.
    private static ulong Mix(ulong value)
    {
        unchecked
        {
            var mixed = value + 0x9e3779b97f4a7c15;
            mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
            return mixed ^ (mixed >> 31);
        }
    }

    private sealed class Template
    {
        public Template(string eventType, string service, string quantity, string unit, string metadata)
        {
            var text =
                $"{{\"id\":\"{Id}\",\"event_type\":\"{eventType}\",\"service\":\"{service}\",\"quantity\":\"{quantity}\",\"unit\":\"{unit}\",\"episode_id\":\"{Episode}\",\"podcast_id\":\"{Podcast}\",\"metadata\":{metadata},\"timestamp\":\"{Time}\"}}";
            Json = Encoding.ASCII.GetBytes(text);
            IdAt = text.IndexOf(Id, StringComparison.Ordinal);
            EpisodeAt = text.IndexOf(Episode, StringComparison.Ordinal);
            PodcastAt = text.IndexOf(Podcast, StringComparison.Ordinal);
            TimeAt = text.IndexOf(Time, StringComparison.Ordinal);
        }

        public byte[] Json { get; }

        public int IdAt { get; }

        public int EpisodeAt { get; }

        public int PodcastAt { get; }

        public int TimeAt { get; }
    }
}
