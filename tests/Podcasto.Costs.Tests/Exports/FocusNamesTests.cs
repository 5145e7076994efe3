using Podcasto.Costs.Server.Exports.Focus;

namespace Podcasto.Costs.Tests.Exports;

public sealed class FocusNamesTests
{
    [Theory]
    [InlineData("tokens", "Tokens")]
    [InlineData("cached_input_tokens", "Tokens")]
    [InlineData("gb_seconds", "GB-Seconds")]
    [InlineData("gb", "GB")]
    [InlineData("minutes", "Minutes")]
    [InlineData("vcpu_hour", "Vcpu-Hours")]
    [InlineData("audio.page", "AudioPages")]
    [InlineData("1000_requests", "Units")]
    [InlineData("_", "Units")]
    public void A_unit_is_a_capitalised_plural(string unit, string expected) => Assert.Equal(expected, FocusUnits.Of(unit));

    [Theory]
    [InlineData("gemini_tts", "output_tokens", "Audio Output Tokens")]
    [InlineData("gemini_text", "cached_input_tokens", "Cached Input Tokens")]
    [InlineData("lambda_*", "gb_seconds", "Duration")]
    [InlineData("s3_put", "requests", "Tier 1 Requests")]
    [InlineData("s3_*", "requests", "Requests")]
    public void A_meter_says_what_is_measured(string service, string unit, string expected) => Assert.Equal(expected, FocusMeters.Of(service, unit));

    [Theory]
    [InlineData("acme", "Media", "Acme", null, true)]
    [InlineData("acme", "Podcasts", "Acme", null, false)] // no category of FOCUS
    [InlineData("a*b", "Media", "Acme", null, false)]
    [InlineData("acme", "Media", "", null, false)]
    [InlineData("acme", "Media", "Acme", "Amazon S3", false)] // which is Storage
    public void Names_that_break_focus_are_refused(string service, string category, string provider, string? name, bool valid)
    {
        var rule = new FocusServiceOptions
        {
            Service = service,
            Category = category,
            Provider = provider,
            Name = name,
        };
        Assert.Equal(valid, new FocusOptionsValidator().Validate(null, new FocusOptions { Services = [rule] }).Succeeded);
    }

    // Whoever changes the columns changes the date of the schema with them, in FocusMetadata, and this id.
    [Fact]
    public void The_schema_is_the_one_of_its_date()
    {
        Assert.Equal("0244c2ad-c5e0-81af-8013-0e15006bd183", FocusMetadata.SchemaId.ToString("D"));
        Assert.Equal(new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero), FocusMetadata.CreatedAt);
    }
}
