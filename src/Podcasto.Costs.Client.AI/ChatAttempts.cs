using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Podcasto.Costs.Client.AI;

/// <summary>Knows a retry by its messages: the same list again, after a call that failed.</summary>
internal sealed class ChatAttempts
{
    private readonly ConditionalWeakTable<IEnumerable<ChatMessage>, StrongBox<int>> _failed = [];

    /// <summary>The number of this attempt, from 1.</summary>
    public int Next(IEnumerable<ChatMessage> messages) => _failed.TryGetValue(messages, out var failed) ? failed.Value + 1 : 1;

    public void End(IEnumerable<ChatMessage> messages, bool failed)
    {
        if (failed)
            Interlocked.Increment(ref _failed.GetValue(messages, _ => new StrongBox<int>(0)).Value);
        else
            _failed.Remove(messages);
    }
}
