using System.Globalization;
using BenchmarkDotNet.Running;
using Podcasto.Costs.Benchmarks;
using Podcasto.Costs.Benchmarks.Load;

if (args is not ["load", .. var options])
{
    BenchmarkSwitcher.FromAssembly(typeof(RatingBenchmarks).Assembly).Run(args);
    return;
}

var rounds = int.Parse(Value("--rounds") ?? "3", CultureInfo.InvariantCulture);
var scale = double.Parse(Value("--scale") ?? "1", CultureInfo.InvariantCulture);
using var bed = new Bed();
if (!options.Contains("--no-writes"))
    Console.WriteLine(await new WriteScenarios(bed, scale).RunAsync(rounds, Value("--only")));
if (!options.Contains("--no-history"))
    Console.WriteLine("\n" + await new HistoryScenarios(bed).RunAsync(options.Contains("--quick")));

string? Value(string name) => Array.IndexOf(options, name) is >= 0 and var at && at + 1 < options.Length ? options[at + 1] : null;
