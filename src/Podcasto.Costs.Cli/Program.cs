using Podcasto.Costs.Cli.App;

return await CommandLine.RunAsync(args);
