namespace Podcasto.Costs.Server.Exports.Focus;

/// <summary>The values of <c>ServiceCategory</c>.</summary>
internal static class FocusCategories
{
    public const string Other = "Other";
    public const string Ai = "AI and Machine Learning";
    public const string Compute = "Compute";
    public const string Storage = "Storage";
    public const string Integration = "Integration";
    public const string BusinessApplications = "Business Applications";

    public static readonly IReadOnlyList<string> All =
    [
        Ai,
        "Analytics",
        BusinessApplications,
        Compute,
        "Databases",
        "Developer Tools",
        "Multicloud",
        "Identity",
        Integration,
        "Internet of Things",
        "Management and Governance",
        "Media",
        "Migration",
        "Mobile",
        "Networking",
        "Security",
        Storage,
        "Web",
        Other,
    ];

    /// <summary>The subcategory of what fits no other.</summary>
    public static string OtherOf(string category) => $"Other ({category})";
}
