namespace Podcasto.Costs.Server.Demo;

/// <summary>A podcast of the demo: what it is called, how often it comes out, and what it is made with.</summary>
internal sealed record DemoPodcast
{
    public required string Title { get; init; }

    /// <summary>Episodes in the ninety days.</summary>
    public required int Episodes { get; init; }

    /// <summary>Minutes of audio.</summary>
    public required (int Least, int Most) Minutes { get; init; }

    /// <summary>Whether it rests on Saturday and Sunday.</summary>
    public bool Weekdays { get; init; }

    /// <summary>What speaks; models differ in price.</summary>
    public string Voice { get; init; } = "gemini-2.5-flash-tts";

    /// <summary>Who writes the script.</summary>
    public string Writer { get; init; } = "gemini-2.5-flash";

    /// <summary>E-mails that tell of an episode.</summary>
    public required int Subscribers { get; init; }

    /// <summary>Whether some of its latest episodes have a guest voice from a provider that no price is known of.</summary>
    public bool HasGuestVoice { get; init; }

    public string Region { get; init; } = "us-east-1";

    /// <summary>What titles of episodes begin with.</summary>
    public required IReadOnlyList<string> Topics { get; init; }

    /// <summary>What they end with.</summary>
    public required IReadOnlyList<string> Angles { get; init; }
}
