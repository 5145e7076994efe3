using Podcasto.Costs.Server;

var verb = Verbs.Find(args);

// Settings and static files lie beside the executable; data/ is under the working directory.
var builder = WebApplication.CreateBuilder(
    new WebApplicationOptions { Args = verb is null ? args : args[1..], ContentRootPath = AppContext.BaseDirectory }
);

// Also where the server runs from its build output and not as a developer: its files are found by the manifest beside it.
builder.WebHost.UseStaticWebAssets();
builder.AddPodcastoCosts();
if (verb is not null)
{
    builder.Logging.SetMinimumLevel(LogLevel.Warning);
    await using var tools = builder.Build();
    return await verb(args, tools.Services, CancellationToken.None);
}

await using var app = builder.Build();
app.UsePodcastoCosts();
await app.RunAsync();
return 0;

internal sealed partial class Program;
