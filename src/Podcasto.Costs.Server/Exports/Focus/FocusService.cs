namespace Podcasto.Costs.Server.Exports.Focus;

/// <summary>What FOCUS says of a service.</summary>
/// <param name="Name"><c>ServiceName</c>.</param>
/// <param name="Category"><c>ServiceCategory</c>; one name has one.</param>
/// <param name="Subcategory"><c>ServiceSubcategory</c>.</param>
/// <param name="Provider"><c>ProviderName</c>.</param>
/// <param name="Publisher"><c>PublisherName</c>.</param>
/// <param name="InvoiceIssuer"><c>InvoiceIssuerName</c>.</param>
internal sealed record FocusService(string Name, string Category, string Subcategory, string Provider, string Publisher, string InvoiceIssuer);
