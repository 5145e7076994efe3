namespace Podcasto.Costs.Tests.Exports;

/// <summary>What FOCUS 1.2 asks of every row of usage: conditions in SQL that must be true, never false and never null.</summary>
internal static class FocusRules
{
    /// <summary>The columns that a data set of priced usage has, in the order in which ours stand.</summary>
    public static readonly string[] Columns =
    [
        .. "BilledCost BillingAccountId BillingAccountName BillingCurrency BillingPeriodEnd BillingPeriodStart ChargeCategory ChargeClass ChargeDescription ChargeFrequency".Split(
            ' '
        ),
        .. "ChargePeriodEnd ChargePeriodStart ConsumedQuantity ConsumedUnit ContractedCost ContractedUnitPrice EffectiveCost InvoiceId InvoiceIssuerName ListCost".Split(
            ' '
        ),
        .. "ListUnitPrice PricingCategory PricingQuantity PricingUnit ProviderName PublisherName RegionId RegionName ResourceId ResourceName ResourceType".Split(
            ' '
        ),
        .. "ServiceCategory ServiceName ServiceSubcategory SkuId SkuMeter SkuPriceDetails SkuPriceId SubAccountId SubAccountName SubAccountType Tags".Split(
            ' '
        ),
    ];

    /// <summary>Those that may be null in a row of usage.</summary>
    public static readonly string[] Nullable =
    [
        .. "ChargeClass InvoiceId RegionId RegionName ResourceId ResourceName ResourceType SubAccountId SubAccountName SubAccountType".Split(' '),
        .. "x_Model x_PriceId".Split(' '),
    ];

    public static readonly (string Rule, string Condition)[] OfRows =
    [
        ("currency", "BillingCurrency = 'USD'"),
        ("usage", "ChargeCategory = 'Usage' and ChargeClass is null and ChargeFrequency = 'Usage-Based' and PricingCategory = 'Standard'"),
        ("no invoice yet", "InvoiceId is null"),
        ("no commitments", "EffectiveCost = BilledCost and ContractedCost = ListCost and ContractedUnitPrice = ListUnitPrice"),
        ("not negative", "least(BilledCost, ListCost, ListUnitPrice, PricingQuantity, ConsumedQuantity) >= 0 and x_EventCount > 0"),
        ("billed but for the ledger's rounding", "abs(BilledCost - ListCost) <= x_EventCount * 0.0000000000005"),
        ("quantity", "PricingQuantity * coalesce(try_cast(regexp_extract(PricingUnit, '^(\\d+) ', 1) as bigint), 1) = ConsumedQuantity"),
        ("one unit", "regexp_replace(PricingUnit, '^\\d+ ', '') = ConsumedUnit"),
        ("unit format", "regexp_full_match(PricingUnit, '([1-9]\\d* )?[A-Z][A-Za-z0-9]*(-(Second|Minute|Hour|Day|Month|Millisecond)s)?')"),
        ("plural", "regexp_matches(PricingUnit, 's$|[KMGT]?i?B$')"),
        ("month", "BillingPeriodStart = date_trunc('month', BillingPeriodStart) and BillingPeriodEnd = BillingPeriodStart + interval 1 month"),
        ("day", "ChargePeriodStart = date_trunc('day', ChargePeriodStart) and ChargePeriodEnd = ChargePeriodStart + interval 1 day"),
        ("day in month", "ChargePeriodStart >= BillingPeriodStart and ChargePeriodEnd <= BillingPeriodEnd"),
        ("region", "(RegionId is null) = (RegionName is null)"),
        ("resource", "(ResourceId is null) = (ResourceType is null) and (ResourceName is null or ResourceId is not null)"),
        ("resource name", "ResourceName is distinct from ResourceId or ResourceId is null"),
        ("resource type", "coalesce(ResourceType, 'Episode') = 'Episode' and coalesce(SubAccountType, 'Podcast') = 'Podcast'"),
        ("sub account", "(SubAccountId is null) = (SubAccountName is null) and (SubAccountId is null) = (SubAccountType is null)"),
        (
            "category",
            "ServiceCategory in ('AI and Machine Learning', 'Analytics', 'Business Applications', 'Compute', 'Databases', 'Developer Tools', 'Multicloud', 'Identity', 'Integration', 'Internet of Things', 'Management and Governance', 'Media', 'Migration', 'Mobile', 'Networking', 'Security', 'Storage', 'Web', 'Other')"
        ),
        (
            "subcategory",
            "(ServiceCategory, ServiceSubcategory) in (('AI and Machine Learning', 'Generative AI'), ('Compute', 'Serverless Compute'), ('Storage', 'Object Storage'), ('Integration', 'Messaging')) or ServiceSubcategory = 'Other (' || ServiceCategory || ')'"
        ),
        ("tags", $"{IsFlat("Tags")} and {AllKeys("Tags", "podcasto/%")}"),
        ("details", $"{IsFlat("SkuPriceDetails")} and {AllKeys("SkuPriceDetails", "x\\_%")}"),
        ("sku", "starts_with(SkuPriceId, SkuId || '/')"),
        ("price of the list, or of the event", "(x_PriceId is null) = (x_PricedBy = 'event') and x_PricedBy in ('event', 'price')"),
        (
            "description",
            "contains(ChargeDescription, ServiceName) and contains(ChargeDescription, x_Service) and contains(ChargeDescription, SkuMeter)"
        ),
    ];

    /// <summary>What has only one of another: the first of a pair decides the second.</summary>
    public static readonly (string Of, string One)[] Dependent =
    [
        ("ServiceName", "ServiceCategory"),
        ("ServiceSubcategory", "ServiceCategory"),
        ("SkuPriceId", "SkuId"),
        ("SkuId", "SkuMeter"),
        ("SkuPriceId", "SkuPriceDetails"),
        ("RegionId", "RegionName"),
        ("x_PriceId", "ListUnitPrice"),
        ("x_PriceId", "PricingUnit"),
        ("x_PriceId", "SkuPriceId"),
    ];

    private static string IsFlat(string json) =>
        $"json_valid({json}) and json_type({json}) = 'OBJECT' and len(list_filter(json_extract({json}, '$.*'), value -> json_type(value) in ('OBJECT', 'ARRAY'))) = 0 and len(json_keys({json})) = len(list_distinct(json_keys({json})))";

    private static string AllKeys(string json, string pattern) =>
        $"len(list_filter(json_keys({json}), key -> key not like '{pattern}' escape '\\')) = 0";
}
