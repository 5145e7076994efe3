using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Podcasto.Costs.Client.AI;

/// <summary>A chat client whose calls are tracked; nothing that goes wrong with the tracking reaches the caller.</summary>
public sealed class CostTrackingChatClient : DelegatingChatClient
{
    private readonly ICostTracker _tracker;
    private readonly ChatCostOptions _options;
    private readonly ChatAttempts _attempts = new();

    /// <summary>Tracks a client's calls.</summary>
    /// <param name="inner">The client.</param>
    /// <param name="tracker">Takes the events.</param>
    /// <param name="options">What calls are booked as.</param>
    public CostTrackingChatClient(IChatClient inner, ICostTracker tracker, ChatCostOptions? options = null)
        : base(inner)
    {
        ArgumentNullException.ThrowIfNull(tracker);
        (_tracker, _options) = (tracker, options ?? new ChatCostOptions());
    }

    /// <inheritdoc />
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var call = Start(messages, options);
        try
        {
            var response = await base.GetResponseAsync(messages, options, cancellationToken);
            call.See(response);
            return response;
        }
        catch (Exception exception)
        {
            call.Fail(exception);
            throw;
        }
        finally
        {
            End(call, messages);
        }
    }

    /// <inheritdoc />
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var call = Start(messages, options);
        try
        {
            await using var updates = base.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                try
                {
                    if (!await updates.MoveNextAsync())
                        break;
                }
                catch (Exception exception)
                {
                    call.Fail(exception);
                    throw;
                }

                call.See(updates.Current);
                yield return updates.Current;
            }

            call.Complete();
        }
        finally
        {
            End(call, messages);
        }
    }

    private ChatCall Start(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        try
        {
            var metadata = InnerClient.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata;
            return new ChatCall(metadata, options?.ModelId, _attempts.Next(messages));
        }
        catch (Exception)
        {
            return new ChatCall(null, null, 1);
        }
    }

    private void End(ChatCall call, IEnumerable<ChatMessage> messages)
    {
        try
        {
            _attempts.End(messages, call.HasFailed);
            _tracker.Track(call.ToEvent(_options.Service));
        }
        catch (Exception)
        {
            // The call's outcome stands, whatever its cost.
        }
    }
}
