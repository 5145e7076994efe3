using Podcasto.Costs.Client.Audit;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Lists;

namespace Podcasto.Costs.Server.Audit;

internal static class AuditEndpoints
{
    private static readonly string[] Filters = ["actor", "action", "from", "to"];

    public static void MapAudit(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/v1/audit", List)
            .RequireAuthorization(Policies.Admin)
            .WithName("ListAudit")
            .WithSummary("Every change that somebody made, newest first")
            .WithTags("Audit")
            .ProducesList<AuditEntryView>(Filters);

    private static async Task<IResult> List(HttpRequest request, AuditStore audit)
    {
        var query = new ListQuery(request, "audit", Filters);
        var filter = new AuditFilter(query.Text("actor"), query.OneOf("action", AuditActions.All), query.Instant("from"), query.Instant("to"));
        query.Order(filter.From, filter.To);
        Guid? before = null;
        if (query.After is [{ } id] && Ids.TryParse(id, out var last))
            before = last;
        else if (query.After is not null)
            query.RefuseCursor();
        return query.Refused ?? await query.AnswerAsync(audit.ListAsync(filter, before, query.Fetch), entry => [entry.Id.ToString("D")]);
    }
}
