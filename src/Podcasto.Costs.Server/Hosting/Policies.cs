namespace Podcasto.Costs.Server.Hosting;

/// <summary>What a credential may do; the names of the authorization policies and of the scopes of keys.</summary>
internal static class Policies
{
    /// <summary>Send events and catalog entries.</summary>
    public const string Ingest = "ingest";

    /// <summary>Read costs.</summary>
    public const string Read = "read";

    /// <summary>Everything, also change prices and keys.</summary>
    public const string Admin = "admin";

    /// <summary>See the dashboard, signed in with a key that may read.</summary>
    public const string Viewer = "viewer";

    /// <summary>Change things in the dashboard, signed in with a key that may administer.</summary>
    public const string Operator = "operator";

    /// <summary>Call the cron routes, and nothing else.</summary>
    public const string Cron = "cron";
}
