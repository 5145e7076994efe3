using Podcasto.Costs.Server;
using Podcasto.Costs.Server.Rollups;

// Settings and static files lie beside the executable; data/ is under the working directory.
var builder = WebApplication.CreateBuilder(
    new WebApplicationOptions { Args = AuditVerbs.IsVerb(args) ? args[1..] : args, ContentRootPath = AppContext.BaseDirectory }
);
builder.AddPodcastoCosts();
if (AuditVerbs.IsVerb(args))
{
    builder.Logging.SetMinimumLevel(LogLevel.Warning);
    await using var tools = builder.Build();
    return await AuditVerbs.RunAsync(args, tools.Services, CancellationToken.None);
}

await using var app = builder.Build();
app.UsePodcastoCosts();
await app.RunAsync();
return 0;

internal sealed partial class Program;
