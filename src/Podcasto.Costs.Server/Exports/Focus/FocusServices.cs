using Microsoft.Extensions.Options;
using Podcasto.Costs.Core.Rollups;

namespace Podcasto.Costs.Server.Exports.Focus;

/// <summary>Finds what FOCUS says of a service: configured rules, then the built-in ones, then what its category in the ledger tells.</summary>
internal sealed class FocusServices
{
    private static readonly FocusService Gemini = new("Gemini API", FocusCategories.Ai, "Generative AI", "Google", "Google", "Google Cloud");
    private static readonly FocusService Lambda = Aws("AWS Lambda", FocusCategories.Compute, "Serverless Compute");
    private static readonly FocusService S3 = Aws("Amazon S3", FocusCategories.Storage, "Object Storage");
    private static readonly FocusService Sqs = Aws("Amazon SQS", FocusCategories.Integration, "Messaging");
    private static readonly FocusService Ses = Aws(
        "Amazon SES",
        FocusCategories.BusinessApplications,
        FocusCategories.OtherOf(FocusCategories.BusinessApplications)
    );

    private static readonly (string Pattern, FocusService Service)[] BuiltIn =
    [
        ("gemini_*", Gemini),
        ("lambda", Lambda),
        ("lambda_*", Lambda),
        ("s3_*", S3),
        ("sqs", Sqs),
        ("ses", Ses),
    ];

    private readonly List<(CategoryRule Rule, Func<string, FocusService> Service)> _rules;
    private readonly Dictionary<string, FocusService> _named;
    private readonly CategoryRules _categories;
    private readonly string _unknownProvider;

    public FocusServices(IOptions<FocusOptions> options, CategoryRules categories)
    {
        _categories = categories;
        _unknownProvider = options.Value.UnknownProviderName;
        _rules =
        [
            .. options.Value.Services.Select(rule => (RuleOf(rule.Service), (Func<string, FocusService>)(service => Configured(rule, service)))),
            .. BuiltIn.Select(rule => (RuleOf(rule.Pattern), (Func<string, FocusService>)(_ => rule.Service))),
        ];
        _named = Named(options.Value)
            .GroupBy(service => service.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First());
    }

    /// <summary>The services that have a name of their own, whatever uses them.</summary>
    public static IEnumerable<FocusService> Named(FocusOptions options) =>
        [
            .. options.Services.Where(rule => rule.Name is not null).Select(rule => Configured(rule, "")),
            .. BuiltIn.Select(rule => rule.Service).Distinct(),
        ];

    public FocusService Of(string service)
    {
        var found = _rules.Find(rule => rule.Rule.Covers(service)).Service?.Invoke(service) ?? Unknown(service);
        // A service may happen to be called what a rule calls others: one name has one category.
        return _named.TryGetValue(found.Name, out var named) ? named : found;
    }

    private static FocusService Configured(FocusServiceOptions rule, string service) =>
        new(
            rule.Name ?? service,
            rule.Category,
            rule.Subcategory ?? FocusCategories.OtherOf(rule.Category),
            rule.Provider,
            rule.Publisher ?? rule.Provider,
            rule.InvoiceIssuer ?? rule.Provider
        );

    private FocusService Unknown(string service)
    {
        var (category, subcategory) = _categories.Of(service) switch
        {
            Category.AiText or Category.AiImage or Category.AiTts => (Gemini.Category, Gemini.Subcategory),
            Category.LambdaExecution => (Lambda.Category, Lambda.Subcategory),
            Category.S3Operations or Category.S3Storage => (S3.Category, S3.Subcategory),
            Category.Email => (Ses.Category, Ses.Subcategory),
            Category.Sqs => (Sqs.Category, Sqs.Subcategory),
            _ => (FocusCategories.Other, FocusCategories.OtherOf(FocusCategories.Other)),
        };
        return new FocusService(service, category, subcategory, _unknownProvider, _unknownProvider, _unknownProvider);
    }

    private static FocusService Aws(string name, string category, string subcategory) =>
        new(name, category, subcategory, "AWS", "AWS", "Amazon Web Services");

    // The category is not what is wanted of it: only which services it covers.
    private static CategoryRule RuleOf(string pattern) => new(pattern, Category.Other);
}
