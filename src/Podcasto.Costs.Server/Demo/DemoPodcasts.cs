namespace Podcasto.Costs.Server.Demo;

/// <summary>The eight podcasts of the demo; three hundred episodes together.</summary>
internal static class DemoPodcasts
{
    public static readonly IReadOnlyList<DemoPodcast> All =
    [
        new()
        {
            Title = "Morning Wire",
            Episodes = 84,
            Minutes = (9, 14),
            Subscribers = 2_140,
            Topics = ["Harbours", "Rail strikes", "Grain prices", "The budget vote", "Heat pumps", "Coastal floods", "Chip exports", "School meals"],
            Angles = ["what changed overnight", "three things to know", "who pays", "the view from the ground", "a slow week", "the numbers"],
        },
        new()
        {
            Title = "Ledger & Coffee",
            Episodes = 58,
            Minutes = (16, 24),
            Weekdays = true,
            Subscribers = 860,
            Topics = ["Bond yields", "Small caps", "Freight rates", "Pension funds", "Invoice fraud", "Copper", "Rents", "Payment terms"],
            Angles =
            [
                "explained in one cup",
                "the quiet story",
                "before the bell",
                "winners and losers",
                "a reader's question",
                "what the footnotes say",
            ],
        },
        new()
        {
            Title = "הבוקר הטכנולוגי",
            Episodes = 46,
            Minutes = (12, 18),
            Weekdays = true,
            Subscribers = 1_320,
            Region = "eu-central-1",
            Topics = ["סטארט-אפים", "בינה מלאכותית", "סייבר", "רכב חשמלי", "אנרגיה מתחדשת", "ענן", "חקלאות חכמה", "Open Source"],
            Angles = ["מה חדש השבוע", "שאלות ותשובות", "מאחורי הקלעים", "שיחה עם מייסדת", "בחמש דקות", "מבט קדימה"],
        },
        new()
        {
            Title = "Field Notes on Biology",
            Episodes = 36,
            Minutes = (22, 32),
            Writer = "gemini-2.5-pro",
            Subscribers = 640,
            Topics = ["Lichens", "Eel migration", "Soil fungi", "Bird song", "Kelp", "Bats", "Seed banks", "Tardigrades"],
            Angles = ["a walk with a researcher", "the long experiment", "what we had wrong", "a listener's sample", "in winter", "from the archive"],
        },
        new()
        {
            Title = "City in Motion",
            Episodes = 30,
            Minutes = (18, 26),
            Subscribers = 410,
            Region = "eu-west-1",
            HasGuestVoice = true,
            Topics = ["Night buses", "Cargo bikes", "Curb space", "Ferries", "Tram wires", "Crossings", "Parking", "Ring roads"],
            Angles = ["who it serves", "a year later", "the plan on paper", "the driver's view", "what it costs", "open questions"],
        },
        new()
        {
            Title = "Deep Stack",
            Episodes = 22,
            Minutes = (38, 52),
            Writer = "gemini-2.5-pro",
            Voice = "gemini-2.5-pro-tts",
            Subscribers = 1_780,
            Topics = ["Consensus", "Garbage collectors", "Query planners", "Clocks", "Schedulers", "Compilers", "File systems", "Type systems"],
            Angles = ["from first principles", "a post-mortem", "the paper club", "thirty years on", "with numbers", "what broke"],
        },
        new()
        {
            Title = "Bedtime Atlas",
            Episodes = 14,
            Minutes = (14, 20),
            Voice = "gemini-2.5-pro-tts",
            Subscribers = 3_050,
            Topics =
            [
                "The lighthouse",
                "A river in Peru",
                "The paper kite",
                "Snow in the harbour",
                "The blue tram",
                "An island of goats",
                "The slow train",
            ],
            Angles = ["part one", "part two", "a quiet night", "the way home", "the letter"],
        },
        new()
        {
            Title = "Courtside",
            Episodes = 10,
            Minutes = (28, 40),
            Subscribers = 220,
            Topics = ["Handball", "Curling", "Fencing", "Water polo", "Table tennis"],
            Angles = ["season preview", "the upset", "tactics board", "the bench", "a long career"],
        },
    ];
}
