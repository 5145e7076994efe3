namespace Podcasto.Costs.Server.Demo;

/// <summary>What making one episode costs, call by call: collecting, writing, speaking, drawing, mixing, publishing.</summary>
internal sealed class EpisodeEvents(EpisodePlan plan, Dice dice)
{
    private const int OutlierRounds = 9;
    private const int SecondsPerChunk = 110;
    private const int TokensPerSecondOfAudio = 25;

    private readonly List<DemoEvent> _events = [];
    private DateTimeOffset _at = plan.StartsAt;

    private string Region => plan.Podcast.Region;

    public IReadOnlyList<DemoEvent> All()
    {
        Collect();
        Write();
        for (var round = 1; round <= (plan.IsOutlier ? OutlierRounds : 1); round++)
            Speak(round);
        GuestVoice();
        Draw();
        Mix();
        Publish();
        return _events;
    }

    private void Collect()
    {
        Queue("collect");
        Lambda("lambda_telegram", 0.5m, dice.Between(9m, 38m));
        S3("s3_get", dice.Between(3, 14));
        S3("s3_put", 1, dice.Between(0.050m, 0.900m));
    }

    private void Write()
    {
        var words = plan.Seconds * 5 / 2;
        Text("gemini-2.5-flash-lite", "topics", dice.Between(9_000, 30_000), dice.Between(500, 1_500));
        Text("gemini-2.5-flash", "summary", dice.Between(20_000, 60_000), dice.Between(1_500, 4_000));
        Text(plan.Podcast.Writer, "script", dice.Between(12_000, 26_000), words * 3 / 2 + dice.Between(800, 2_500));
        Text(plan.Podcast.Writer, "revision", words * 3 / 2 + dice.Between(2_000, 6_000), words + dice.Between(200, 1_200));
        Text("gemini-2.5-flash", "show notes", words * 3 / 2, dice.Between(400, 900));
    }

    private void Speak(int round)
    {
        for (var spoken = 0; spoken < plan.Seconds; spoken += SecondsPerChunk)
        {
            var seconds = Math.Min(SecondsPerChunk, plan.Seconds - spoken);
            var chunk = spoken / SecondsPerChunk + 1;
            (string, object)[] about = round == 1 ? [("chunk", (decimal)chunk)] : [("chunk", (decimal)chunk), ("retry", (decimal)(round - 1))];
            Call("gemini_tts", plan.Podcast.Voice, "input_tokens", seconds * 4 + dice.Between(10, 60), about);
            Call("gemini_tts", plan.Podcast.Voice, "output_tokens", seconds * TokensPerSecondOfAudio + dice.Between(0, 90), about);
            _at = _at.AddSeconds(dice.Between(8, 25));
        }
    }

    // No price is known of it: the demo shows what that looks like.
    private void GuestVoice()
    {
        if (plan.GuestCharacters > 0)
            Call("elevenlabs_tts", "eleven-multilingual-v2", "characters", plan.GuestCharacters, [("voice", "guest")]);
    }

    private void Draw()
    {
        Call("gemini_image", "gemini-2.5-flash-image", "images", dice.Between(1, 3), [("purpose", "cover")]);
        if (dice.Hits(30))
            Call("gemini_image", "imagen-4.0-generate-001", "images", 1, [("purpose", "social card")]);
    }

    private void Mix()
    {
        Queue("mix");
        S3("s3_get", dice.Between(6, 30));
        Lambda("lambda_audio", 3m, plan.Seconds / 9m + dice.Between(6m, 40m));
        S3("s3_put", dice.Between(2, 5), decimal.Round(plan.Seconds * 0.0165m, 3));
        S3("s3_delete", dice.Between(4, 20));
    }

    private void Publish()
    {
        _at = plan.PublishedAt;
        Lambda("lambda_publish", 0.25m, dice.Between(1.200m, 5.800m));
        Add("ses_email", "ses", plan.Podcast.Subscribers + dice.Between(-40, 40), "emails", [("template", "new-episode"), ("region", Region)]);
        var megabytes = decimal.Round(plan.Seconds * 0.0165m, 3);
        var downloads = plan.Podcast.Subscribers / 6 + dice.Between(5, 40);
        // Who sends an event may know its cost better than any price list.
        Add("other", "cdn_transfer", decimal.Round(megabytes * downloads / 1000, 3), "gb", [("downloads", (decimal)downloads)], 0.0085m);
    }

    private void Text(string model, string purpose, int input, int output)
    {
        Call("gemini_text", model, "input_tokens", input, [("purpose", purpose)]);
        Call("gemini_text", model, "output_tokens", output, [("purpose", purpose)]);
        _at = _at.AddSeconds(dice.Between(15, 70));
    }

    private void Call(string service, string model, string unit, decimal quantity, (string, object)[] about) =>
        Add("ai_api_call", service, quantity, unit, [("model", model), .. about]);

    private void Lambda(string service, decimal gigabytes, decimal seconds)
    {
        Add(
            "lambda_execution",
            service,
            decimal.Round(gigabytes * seconds, 6),
            "gb_seconds",
            [("duration_seconds", decimal.Round(seconds, 3)), ("memory_mb", gigabytes * 1024), ("region", Region)]
        );
        Add("lambda_execution", service, 1, "requests", [("region", Region)]);
        _at = _at.AddSeconds((int)seconds);
    }

    private void S3(string service, int requests, decimal megabytes = 0) =>
        Add("s3_operation", service, requests, "requests", megabytes > 0 ? [("region", Region), ("file_size_mb", megabytes)] : [("region", Region)]);

    private void Queue(string step) => Add("sqs_message", "sqs", dice.Between(2, 6), "messages", [("queue", step), ("region", Region)]);

    private void Add(string type, string service, decimal quantity, string unit, (string, object)[] metadata, decimal? unitCost = null)
    {
        _events.Add(
            new DemoEvent(_at, type, service, quantity, unit)
            {
                Id = dice.Id(_at),
                EpisodeId = plan.Id,
                UnitCostUsd = unitCost,
                Metadata = metadata,
            }
        );
        _at = _at.AddMilliseconds(dice.Between(120, 900));
    }
}
