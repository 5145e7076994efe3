using BenchmarkDotNet.Running;
using Podcasto.Costs.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(RatingBenchmarks).Assembly).Run(args);
