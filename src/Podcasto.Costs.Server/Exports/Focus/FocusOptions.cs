using System.ComponentModel.DataAnnotations;

namespace Podcasto.Costs.Server.Exports.Focus;

/// <summary>Section <c>Focus</c>: the names that FOCUS asks for and the ledger does not have.</summary>
internal sealed class FocusOptions
{
    public const string Section = "Focus";

    /// <summary>Whose costs these are: <c>BillingAccountId</c>.</summary>
    /// <value>Default <c>podcasto-costs</c>. From 1 to 200 characters.</value>
    [Required, MaxLength(200)]
    public string BillingAccountId { get; init; } = "podcasto-costs";

    /// <summary>The account's name for readers: <c>BillingAccountName</c>.</summary>
    /// <value>Default <c>Podcasto</c>. From 1 to 200 characters.</value>
    [Required, MaxLength(200)]
    public string BillingAccountName { get; init; } = "Podcasto";

    /// <summary>Who provides a service that no rule knows: a name that says that there is none.</summary>
    /// <value>Default <c>Provider Not Configured</c>. From 1 to 200 characters.</value>
    [Required, MaxLength(200)]
    public string UnknownProviderName { get; init; } = "Provider Not Configured";

    /// <summary>What a podcast is called that the catalog has no title of: <c>SubAccountName</c> may not be empty.</summary>
    /// <value>Default <c>Podcast Without Title</c>. From 1 to 200 characters.</value>
    [Required, MaxLength(200)]
    public string UnknownPodcastName { get; init; } = "Podcast Without Title";

    /// <summary>What services are, before the built-in rules; the first that fits counts.</summary>
    /// <value>Default none. At most 1,000.</value>
    [MaxLength(1_000)]
    public IReadOnlyList<FocusServiceOptions> Services { get; init; } = [];
}

/// <summary>What FOCUS should say of some services.</summary>
internal sealed class FocusServiceOptions
{
    /// <summary>A service, or one with a star at its start or its end.</summary>
    public string Service { get; init; } = "";

    /// <summary><c>ServiceName</c>; without it each service has its own name.</summary>
    public string? Name { get; init; }

    /// <summary><c>ServiceCategory</c>, one of FOCUS's nineteen.</summary>
    public string Category { get; init; } = FocusCategories.Other;

    /// <summary><c>ServiceSubcategory</c>, one that FOCUS has below the category; without it the category's "Other".</summary>
    public string? Subcategory { get; init; }

    /// <summary><c>ProviderName</c>.</summary>
    public string Provider { get; init; } = "";

    /// <summary><c>PublisherName</c>; without it the provider.</summary>
    public string? Publisher { get; init; }

    /// <summary><c>InvoiceIssuerName</c>; without it the provider.</summary>
    public string? InvoiceIssuer { get; init; }
}
