using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Podcasto.Costs.Client;
using Podcasto.Costs.Examples.Worker;

// PODCASTO_COSTS_SERVER and PODCASTO_COSTS_KEY say where costs go. Standard input says what to produce: an episode's id and its podcast's a line.
var builder = Host.CreateApplicationBuilder(args);

// First of the services, so that it stops last and sends what the others tracked while they stopped.
builder.Services.AddPodcastoCosts(options => options.SpoolFolder = Environment.GetEnvironmentVariable("COSTS_SPOOL"));
builder.Services.AddHostedService<EpisodeWorker>();
await builder.Build().RunAsync();
