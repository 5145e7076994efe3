using Microsoft.AspNetCore.Http.HttpResults;
using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Bodies;
using Podcasto.Costs.Server.Ingest.Reading;

namespace Podcasto.Costs.Server.Ingest;

/// <summary>Stores a stream of lines, a part at a time: the good ones are kept, the bad ones reported. Memory is bounded by two parts.</summary>
internal sealed class NdjsonIngest(IngestQueue queue, EventReader events)
{
    private const int PartSize = 2_000;
    private const int MaxErrors = 100;

    private readonly List<RejectedLine> _errors = [];
    private readonly ReceiptBuilder _receipt = new();
    private List<CostEvent> _part = [];
    private List<long> _partLines = [];
    private long _line;
    private int _rejected;

    public async Task<Results<Ok<IngestReceipt>, ProblemHttpResult>> RunAsync(Stream body, CancellationToken cancellationToken)
    {
        var lines = new LineReader(body);
        var pending = Task.FromResult(true);
        var more = true;
        while (more)
        {
            more = await lines.ReadAsync(Take, cancellationToken);
            if (_part.Count < PartSize && more)
                continue;
            // Parts of one body follow each other, so that the first event of an id stands; the next part is read meanwhile.
            if (!await pending)
                return Full();
            pending = StoreAsync(_part, _partLines);
            (_part, _partLines) = ([], []);
        }

        if (!await pending)
            return Full();
        return TypedResults.Ok(_receipt.Build() with { Rejected = _rejected, Errors = [.. _errors.OrderBy(error => error.Line)] });
    }

    private async Task<bool> StoreAsync(List<CostEvent> part, List<long> lines)
    {
        while (part.Count > 0)
        {
            if (queue.TryEnqueue(part) is not { } answer)
                return false;
            var result = await answer;
            if (result.TooDear.Count == 0)
            {
                _receipt.Add(result.Outcomes);
                return true;
            }

            // A request is all or nothing, a stream is not: it goes again without the lines that cost too much.
            foreach (var index in result.TooDear.Reverse())
            {
                Reject(lines[index], ReceiptBuilder.TooDear);
                part.RemoveAt(index);
                lines.RemoveAt(index);
            }
        }

        return true;
    }

    private static ProblemHttpResult Full() =>
        Problems.Busy("Too many events are waiting. Earlier lines may be stored; send the whole body again after a while: ids make that harmless.");

    private bool Take(ReadOnlyMemory<byte>? line)
    {
        _line++;
        if (line is not { } text)
        {
            Reject(_line, $"is longer than {LineReader.MaxLineBytes} bytes");
        }
        else if (!text.Span.Trim(" \t\r"u8).IsEmpty)
        {
            var errors = new FieldErrors();
            if (EventBody.ReadLine(text.Span, events, errors) is { } costEvent)
            {
                _part.Add(costEvent);
                _partLines.Add(_line);
            }
            else
            {
                Reject(_line, string.Join("; ", errors.Messages.Select(error => $"{error.Key} {string.Join(", ", error.Value)}".Trim())));
            }
        }

        return _part.Count < PartSize;
    }

    private void Reject(long line, string message)
    {
        // The reader and the part before it may both refuse lines.
        lock (_errors)
        {
            _rejected++;
            if (_errors.Count < MaxErrors)
                _errors.Add(new RejectedLine { Line = line, Message = message });
        }
    }
}
