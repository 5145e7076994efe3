namespace Podcasto.Costs.Client.Setup;

/// <summary>The names of the connections.</summary>
internal static class HttpNames
{
    public const string Sender = "podcasto-costs-sender";
    public const string Reader = "podcasto-costs-reader";
}
