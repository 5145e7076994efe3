using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Podcasto.Costs.Benchmarks.Load;
using Podcasto.Costs.Server.Hosting.Bodies;
using Podcasto.Costs.Server.Ingest.Reading;

namespace Podcasto.Costs.Benchmarks;

/// <summary>A body of 1,000 events, validated and read into the domain, beside a mere walk over its tokens.</summary>
[MemoryDiagnoser]
public class ParsingBenchmarks
{
    private const int Events = 1_000;

    private readonly Utf8StringPool _pool = new();
    private byte[] _body = [];

    [GlobalSetup]
    public void Setup()
    {
        var sample = new SampleEvents(Arrival.Live, 1);
        var buffer = new byte[Events * (SampleEvents.MaxBytes + 1) + 1];
        var at = 0;
        for (var index = 0; index < Events; index++)
        {
            buffer[at++] = index == 0 ? (byte)'[' : (byte)',';
            at += sample.Write(index, buffer.AsSpan(at));
        }

        buffer[at++] = (byte)']';
        _body = buffer[..at];
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Events)]
    public long Walk_over_the_tokens()
    {
        var reader = new Utf8JsonReader(_body);
        long tokens = 0;
        while (reader.Read())
            tokens++;
        return tokens;
    }

    [Benchmark(OperationsPerInvoke = Events)]
    public int Read_events() => EventBody.Read(_body, new EventReader(_pool, TimeProvider.System.GetUtcNow()), new FieldErrors())!.Count;
}
