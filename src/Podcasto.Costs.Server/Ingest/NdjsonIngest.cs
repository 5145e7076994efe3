using Microsoft.AspNetCore.Http.HttpResults;
using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Bodies;
using Podcasto.Costs.Server.Ingest.Reading;

namespace Podcasto.Costs.Server.Ingest;

/// <summary>Stores a stream of lines, a part at a time: the good ones are kept, the bad ones reported. Memory is bounded by a few parts.</summary>
internal sealed class NdjsonIngest(IngestQueue queue, EventReader events)
{
    // Long lines fill a part sooner, so that what a stream holds in memory depends on neither their length nor their number.
    private const int PartBytes = 1024 * 1024;
    private const int MaxErrors = 100;

    private readonly SortedSet<(long Line, string Message)> _errors = [];
    private readonly ReceiptBuilder _receipt = new();
    private List<CostEvent> _part = [];
    private List<long> _partLines = [];
    private int _partBytes;
    private long _line;
    private int _rejected;

    private bool PartIsFull => _part.Count >= IngestParts.PartSize || _partBytes >= PartBytes;

    public async Task<IngestAnswer> RunAsync(Stream body, CancellationToken cancellationToken)
    {
        using var lines = new LineReader(body);
        var parts = new IngestParts(queue, Reject, _receipt);
        var more = true;
        while (more)
        {
            more = await lines.ReadAsync(Take, cancellationToken);
            if (!PartIsFull && more)
                continue;
            if (!await parts.AddAsync(_part, _partLines))
                return Full();
            (_part, _partLines, _partBytes) = (new List<CostEvent>(IngestParts.PartSize), new List<long>(IngestParts.PartSize), 0);
        }

        if (!await parts.DrainAsync())
            return Full();
        var errors = _errors.Select(error => new RejectedLine { Line = error.Line, Message = error.Message });
        return _receipt.Build() with { Rejected = _rejected, Errors = [.. errors] };
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
            if (EventBody.TryReadLine(text.Span, events, errors, _part))
            {
                _partLines.Add(_line);
                _partBytes += text.Length;
            }
            else
            {
                Reject(_line, string.Join("; ", errors.Messages.Select(error => $"{error.Key} {string.Join(", ", error.Value)}".Trim())));
            }
        }

        return !PartIsFull;
    }

    private void Reject(long line, string message)
    {
        // The reader and the parts before it may both refuse lines.
        lock (_errors)
        {
            _rejected++;
            _errors.Add((line, message));
            if (_errors.Count > MaxErrors)
                _errors.Remove(_errors.Max);
        }
    }
}
