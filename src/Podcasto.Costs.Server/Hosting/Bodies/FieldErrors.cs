namespace Podcasto.Costs.Server.Hosting.Bodies;

/// <summary>What is wrong with a body, by JSON pointer. Bounded: a body of ten thousand bad events need not be answered in full.</summary>
internal sealed class FieldErrors
{
    private const int MaxPointers = 100;

    private readonly Dictionary<string, string[]> _messages = new(StringComparer.Ordinal);

    public bool Any => _messages.Count > 0;

    public IReadOnlyDictionary<string, string[]> Messages => _messages;

    public bool IsFull => _messages.Count >= MaxPointers;

    public int Count => _messages.Count;

    public void Add(string pointer, string message)
    {
        if (_messages.TryGetValue(pointer, out var known))
            _messages[pointer] = [.. known, message];
        else if (!IsFull)
            _messages.Add(pointer, [message]);
    }
}
