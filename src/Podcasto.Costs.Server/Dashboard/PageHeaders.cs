using NetEscapades.AspNetCore.SecurityHeaders.Infrastructure;

namespace Podcasto.Costs.Server.Dashboard;

/// <summary>What browsers are told about pages and their files: scripts and styles of ours only, no frames, nothing from elsewhere.</summary>
internal static class PageHeaders
{
    private static readonly HeaderPolicyCollection Strict = Common()
        .AddContentSecurityPolicy(policy =>
        {
            policy.AddDefaultSrc().None();
            policy.AddScriptSrc().Self();
            policy.AddStyleSrc().Self();
            policy.AddImgSrc().Self().Data();
            policy.AddFontSrc().Self();
            policy.AddConnectSrc().Self();
            policy.AddFormAction().Self();
            policy.AddBaseUri().Self();
            policy.AddFrameAncestors().None();
        });

    // The reference of the interface has an inline script of its maker's, and shows no costs.
    private static readonly HeaderPolicyCollection Reference = Common()
        .AddContentSecurityPolicy(policy =>
        {
            policy.AddDefaultSrc().None();
            policy.AddScriptSrc().Self().UnsafeInline();
            policy.AddStyleSrc().Self().UnsafeInline();
            policy.AddImgSrc().Self().Data();
            policy.AddFontSrc().Self().Data();
            policy.AddConnectSrc().Self();
            policy.AddFrameAncestors().None();
        });

    public static IApplicationBuilder UsePageHeaders(this IApplicationBuilder app)
    {
        app.UseWhen(IsReference, branch => branch.UseSecurityHeaders(Reference));
        app.UseWhen(context => !IsReference(context), branch => branch.UseSecurityHeaders(Strict));
        return app;
    }

    private static bool IsReference(HttpContext context) => context.Request.Path.StartsWithSegments("/reference", StringComparison.OrdinalIgnoreCase);

    private static HeaderPolicyCollection Common() =>
        new HeaderPolicyCollection()
            .AddFrameOptionsDeny()
            .AddContentTypeOptionsNoSniff()
            .AddReferrerPolicySameOrigin()
            .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
            .AddStrictTransportSecurityMaxAge()
            .RemoveServerHeader();
}
