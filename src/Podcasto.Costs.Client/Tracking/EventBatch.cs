using System.Buffers;

namespace Podcasto.Costs.Client.Tracking;

/// <summary>Events as the body of a request: a JSON array, and where in it each event lies.</summary>
internal sealed class EventBatch
{
    private readonly ArrayBufferWriter<byte> _body;
    private readonly List<(int Start, int Length)> _events = [];

    public EventBatch(int bytes = 4_096)
    {
        _body = new ArrayBufferWriter<byte>(bytes);
        Append((byte)'[');
    }

    public int Count => _events.Count;

    /// <summary>The array without its end.</summary>
    public int Bytes => _body.WrittenCount;

    public ReadOnlySpan<byte> this[int index] => _body.WrittenSpan.Slice(_events[index].Start, _events[index].Length);

    public void Add(ReadOnlySpan<byte> json)
    {
        if (_events.Count > 0)
            Append((byte)',');
        _events.Add((_body.WrittenCount, json.Length));
        _body.Write(json);
    }

    /// <summary>The whole array; nothing is added after.</summary>
    public ReadOnlyMemory<byte> Close()
    {
        Append((byte)']');
        return _body.WrittenMemory;
    }

    /// <summary>Another batch of some of its events.</summary>
    public EventBatch Of(IEnumerable<int> indices)
    {
        var some = new EventBatch(Bytes + 1);
        foreach (var index in indices)
            some.Add(this[index]);
        return some;
    }

    private void Append(byte character)
    {
        _body.GetSpan(1)[0] = character;
        _body.Advance(1);
    }
}
