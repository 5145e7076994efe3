using System.Globalization;
using BenchmarkDotNet.Running;
using Podcasto.Costs.Benchmarks;
using Podcasto.Costs.Benchmarks.Client;
using Podcasto.Costs.Benchmarks.Load;

if (args is ["send", ..])
{
    // Against a server that runs already, to look at it under load: send PORT KEY FORM CONNECTIONS BATCH COUNT [ARRIVAL].
    var sender = new Sender(Number(1), args[2], Enum.Parse<Form>(args[3], ignoreCase: true), Number(4), Number(5));
    var arrival = args.Length > 7 ? Enum.Parse<Arrival>(args[7], ignoreCase: true) : Arrival.Live;
    var sent = await sender.SendAsync(new SampleEvents(arrival, Environment.TickCount & 0xffff), Number(6));
    Console.WriteLine($"{sent.PerSecond:N0}/s, p50 {sent.Percentile(0.5):0.00} ms, p99 {sent.Percentile(0.99):0.00} ms");
    return;
}

if (args is ["lay", ..])
{
    // A history for a PostgreSQL that stays, to be rebuilt or looked at again and again: lay CONNECTION_STRING COUNT [DAYS], 90 by default.
    using (new ServerUnderTest("Postgres", args[1])) { }
    History.Lay(args[1], Number(2), seed: 500, args.Length > 3 ? Number(3) : History.Days);
    return;
}

if (args is ["pages", ..])
{
    // The dashboard on a PostgreSQL that holds a history and its rollups: pages CONNECTION_STRING [TEXT], only those whose name has the text.
    Console.WriteLine(await PageScenarios.RunAsync(args[1], args.Length > 2 ? args[2] : ""));
    return;
}

if (args is ["rebuild", ..])
{
    // What lay has left, rebuilt: rebuild CONNECTION_STRING.
    Console.WriteLine(await Rebuild.ReportAsync(args[1]));
    return;
}

if (args is ["receive", var port])
{
    await Receiver.RunAsync(int.Parse(port, CultureInfo.InvariantCulture));
    return;
}

if (args is ["client", ..])
{
    // What tracking costs: client [ROUNDS].
    Console.WriteLine(await ClientScenarios.RunAsync(args.Length > 1 ? Number(1) : 5));
    return;
}

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
if (!options.Contains("--no-exports"))
    Console.WriteLine("\n" + await new ExportScenarios(bed).RunAsync(ExportSizes()));
if (options.Contains("--pages"))
    Console.WriteLine("\n" + await PageScenarios.LaidInAsync(bed));

IEnumerable<long> ExportSizes() =>
    Value("--exports") is { } sizes ? sizes.Split(',').Select(size => long.Parse(size, CultureInfo.InvariantCulture))
    : options.Contains("--quick") ? [500_000, 2_000_000]
    : [1_000_000, 10_000_000];

int Number(int index) => int.Parse(args[index], CultureInfo.InvariantCulture);

string? Value(string name) => Array.IndexOf(options, name) is >= 0 and var at && at + 1 < options.Length ? options[at + 1] : null;
