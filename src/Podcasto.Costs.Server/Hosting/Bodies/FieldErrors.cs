namespace Podcasto.Costs.Server.Hosting.Bodies;

/// <summary>What is wrong with a body, by JSON pointer. Bounded: a body of ten thousand bad events need not be answered in full.</summary>
internal sealed class FieldErrors
{
    private const int MaxPointers = 100;

    // Made with the first fault: nearly every body, and line of a stream, has none.
    private Dictionary<string, string[]>? _messages;

    public bool Any => Count > 0;

    public IReadOnlyDictionary<string, string[]> Messages => _messages ??= NoMessages();

    public bool IsFull => Count >= MaxPointers;

    public int Count => _messages?.Count ?? 0;

    public void Add(string pointer, string message)
    {
        _messages ??= NoMessages();
        if (_messages.TryGetValue(pointer, out var known))
            _messages[pointer] = [.. known, message];
        else if (!IsFull)
            _messages.Add(pointer, [message]);
    }

    private static Dictionary<string, string[]> NoMessages() => new(StringComparer.Ordinal);
}
