using Podcasto.Costs.Server;
using Podcasto.Costs.Server.Demo;

var verb = Verbs.Find(args);
var isDemo = args.Contains(DemoServices.Argument);

// It has no value, and would take the next argument for one.
string[] settings = [.. args.Skip(verb is null ? 0 : 1).Where(argument => argument != DemoServices.Argument)];

// Settings and static files lie beside the executable; data/ is under the working directory.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory });

// Also where the server runs from its build output and not as a developer: its files are found by the manifest beside it.
builder.WebHost.UseStaticWebAssets();
builder.AddPodcastoCosts();
if (isDemo)
    builder.AddDemo();
if (verb is not null)
{
    builder.Logging.SetMinimumLevel(LogLevel.Warning);
    await using var tools = builder.Build();
    return await verb(args, tools.Services, CancellationToken.None);
}

await using var app = builder.Build();
app.UsePodcastoCosts();
try
{
    await app.RunAsync();
}
catch (OperationCanceledException) when (Environment.ExitCode != 0)
{
    // What it found while it started made it stop; it has said what.
}

return Environment.ExitCode;

internal sealed partial class Program;
