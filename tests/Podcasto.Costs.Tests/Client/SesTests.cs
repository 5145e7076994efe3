using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;
using Podcasto.Costs.Client.Aws;
using Podcasto.Costs.Client.Events;

namespace Podcasto.Costs.Tests.Client;

/// <summary>The handler behind clients of SES, whose package is not to be had: what it sees is a service of that id and what goes over the wire.</summary>
public sealed class SesTests
{
    [Theory]
    [InlineData(
        "SES",
        "SendEmailRequest",
        "Destination.ToAddresses.member.1=a&Destination.ToAddresses.member.2=b&Destination.BccAddresses.member.1=c&ReplyToAddresses.member.1=d",
        3
    )]
    [InlineData("SES", "SendRawEmailRequest", "Destinations.member.1=a&Destinations.member.2=b&RawMessage.Data=eA==", 2)]
    [InlineData("SES", "SendRawEmailRequest", "RawMessage.Data=eA==", 1)]
    [InlineData(
        "SES",
        "SendBulkTemplatedEmailRequest",
        "Destinations.member.1.Destination.ToAddresses.member.1=a&Destinations.member.2.Destination.CcAddresses.member.1=b",
        2
    )]
    [InlineData(
        "SESv2",
        "SendEmailRequest",
        """{"Destination":{"ToAddresses":["a","b"],"CcAddresses":["c"]},"ReplyToAddresses":["d"],"Content":{}}""",
        3
    )]
    [InlineData(
        "SESv2",
        "SendBulkEmailRequest",
        """{"BulkEmailEntries":[{"Destination":{"ToAddresses":["a"]}},{"Destination":{"BccAddresses":["b","c"]}}]}""",
        3
    )]
    public async Task Each_recipient_is_an_e_mail(string service, string request, string body, int recipients)
    {
        var tracker = new RecordingTracker();
        await InvokeAsync(tracker, service, request, body, fails: false);
        var tracked = Assert.Single(tracker.All);
        Assert.Equal(("ses_email", "ses", recipients, "emails"), (tracked.EventType, tracked.Service, tracked.Quantity, tracked.Unit));
        Assert.Equal(request[..^"Request".Length], (string)tracked.Metadata!["operation"]!);
        Assert.Equal("eu-central-1", (string)tracked.Metadata["region"]!);
    }

    [Fact]
    public async Task A_refused_mail_is_an_event_of_no_e_mails_and_the_exception_is_the_SDKs()
    {
        var tracker = new RecordingTracker();
        await Assert.ThrowsAsync<AmazonServiceException>(() =>
            InvokeAsync(tracker, "SESv2", "SendEmailRequest", """{"Destination":{"ToAddresses":["a"]}}""", fails: true)
        );
        var tracked = Assert.Single(tracker.All);
        Assert.Equal((0m, "failed"), (tracked.Quantity, (string)tracked.Metadata!["status"]!));
    }

    [Theory]
    [InlineData("SES", "GetSendQuotaRequest", "")]
    [InlineData("DynamoDB", "PutItemRequest", "{}")]
    public async Task What_sends_no_mail_is_none(string service, string request, string body)
    {
        var tracker = new RecordingTracker();
        await InvokeAsync(tracker, service, request, body, fails: false);
        Assert.Empty(tracker.All);
    }

    [Fact]
    public async Task A_body_that_cannot_be_read_is_not_the_callers_trouble() =>
        await InvokeAsync(new RecordingTracker(), "SESv2", "SendEmailRequest", "{\"Destination\":", fails: false);

    private static async Task InvokeAsync(RecordingTracker tracker, string service, string requestName, string body, bool fails)
    {
        var original = (AmazonWebServiceRequest)
            Activator.CreateInstance(typeof(SesTests).GetNestedType(requestName, System.Reflection.BindingFlags.NonPublic)!)!;
        var sent = new DefaultRequest(original, service) { DeterminedSigningRegion = "eu-central-1" };
        if (body.StartsWith('{'))
            sent.Content = Encoding.UTF8.GetBytes(body);
        else
        {
            foreach (var parameter in body.Split('&', StringSplitOptions.RemoveEmptyEntries))
                sent.Parameters.Add(
                    parameter[..parameter.IndexOf('=', StringComparison.Ordinal)],
                    parameter[(parameter.IndexOf('=', StringComparison.Ordinal) + 1)..]
                );
        }

        using var client = new FakeClient(service, sent, fails);
        await client.SendAsync(tracker, original);
    }

    /// <summary>A client of the SDK's own make, whose wire is cut off right behind the handler.</summary>
    private sealed class FakeClient(string service, IRequest sent, bool fails)
        : AmazonServiceClient(new BasicAWSCredentials("AKID", "SECRET"), new FakeConfig())
    {
        protected override IServiceMetadata ServiceMetadata { get; } = new FakeMetadata(service);

        public Task<AmazonWebServiceResponse> SendAsync(RecordingTracker tracker, AmazonWebServiceRequest original)
        {
            var pipeline = new RuntimePipeline([new Wire(fails), new Prepared(sent)]);
            var handler = new CostPipelineHandler(tracker);
            pipeline.AddHandlerBefore<Wire>(handler);
            RuntimePipeline = pipeline;
            return InvokeAsync<AmazonWebServiceResponse>(original, new InvokeOptions(), CancellationToken.None);
        }
    }

    private sealed class Prepared(IRequest sent) : PipelineHandler
    {
        public override Task<T> InvokeAsync<T>(IExecutionContext executionContext)
        {
            executionContext.RequestContext.Request = sent;
            return base.InvokeAsync<T>(executionContext);
        }
    }

    private sealed class Wire(bool fails) : PipelineHandler
    {
        public override Task<T> InvokeAsync<T>(IExecutionContext executionContext) =>
            fails ? throw new AmazonServiceException("The address is suppressed.") : Task.FromResult(new T());
    }

    private sealed class FakeMetadata(string service) : IServiceMetadata
    {
        public string ServiceId => service;

        public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
    }

    private sealed class FakeConfig : ClientConfig
    {
        public FakeConfig()
            : base(new NoDefaults()) => ServiceURL = "http://localhost";

        public override string RegionEndpointServiceName => "ses";

        public override string ServiceVersion => "2010-12-01";

        public override string UserAgent => "test";

        public override Amazon.Runtime.Endpoints.Endpoint DetermineServiceOperationEndpoint(
            Amazon.Runtime.Endpoints.ServiceOperationEndpointParameters parameters
        ) => new("http://localhost");
    }

    private sealed class NoDefaults : IDefaultConfigurationProvider
    {
        public IDefaultConfiguration GetDefaultConfiguration(
            Amazon.RegionEndpoint clientRegion,
            DefaultConfigurationMode? requestedConfigurationMode = null
        ) => new DefaultConfiguration { Name = DefaultConfigurationMode.Standard };
    }

    private sealed class SendEmailRequest : AmazonWebServiceRequest;

    private sealed class SendRawEmailRequest : AmazonWebServiceRequest;

    private sealed class SendBulkTemplatedEmailRequest : AmazonWebServiceRequest;

    private sealed class SendBulkEmailRequest : AmazonWebServiceRequest;

    private sealed class GetSendQuotaRequest : AmazonWebServiceRequest;

    private sealed class PutItemRequest : AmazonWebServiceRequest;
}
