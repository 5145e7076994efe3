using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Client.Models;

namespace Podcasto.Costs.Client.AI;

/// <summary>One call, from what is seen of it. What it sees never makes it throw.</summary>
internal sealed class ChatCall(ChatClientMetadata? client, string? askedModel, int attempt)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private UsageDetails? _usage;
    private string? _model;
    private string? _error;
    private bool _hasSound;
    private bool _hasPicture;
    private bool _isComplete;

    public bool HasFailed => _error is not null;

    public void See(ChatResponse response)
    {
        try
        {
            (_usage, _model) = (response.Usage, response.ModelId);
            // What the response sums up is not added once more.
            _isComplete = _usage is not null;
            foreach (var content in response.Messages.SelectMany(message => message.Contents))
                See(content);
        }
        catch (Exception)
        {
            // A response of the provider's own kind; the caller gets it as it is.
        }

        _isComplete = true;
    }

    public void See(ChatResponseUpdate update)
    {
        try
        {
            _model ??= update.ModelId;
            foreach (var content in update.Contents)
                See(content);
        }
        catch (Exception)
        {
            // An update of the provider's own kind; the caller gets it as it is.
        }
    }

    /// <summary>The stream came to its end; one that its reader leaves early does not.</summary>
    public void Complete() => _isComplete = true;

    public void Fail(Exception exception) => _error = exception.GetType().Name;

    public NewEvent ToEvent(string? service)
    {
        var usage = new TokenUsage
        {
            Model = ModelNames.Charged(askedModel ?? client?.DefaultModelId, _model),
            InputTokens = Math.Max(0, _usage?.InputTokenCount ?? 0),
            OutputTokens = Math.Max(0, _usage?.OutputTokenCount ?? ((_usage?.TotalTokenCount ?? 0) - (_usage?.InputTokenCount ?? 0))),
            CachedInputTokens = _usage?.CachedInputTokenCount,
            ReasoningTokens = _usage?.ReasoningTokenCount,
        };
        var costEvent = usage.ToEvent(service ?? ModelServices.Of(client?.ProviderName, usage.Model, Output));
        Describe(costEvent.Metadata!);
        return costEvent;
    }

    // What it wrote; nothing of the kind is told by a call that failed.
    private string? Output =>
        _hasSound ? "tts"
        : _hasPicture ? "image"
        : null;

    private void Describe(JsonObject metadata)
    {
        metadata["duration_ms"] = (long)Stopwatch.GetElapsedTime(_start).TotalMilliseconds;
        if (_error is not null)
            (metadata["status"], metadata["error"]) = ("failed", _error);
        else if (!_isComplete)
            metadata["status"] = "abandoned";
        if (attempt > 1)
            metadata["attempt"] = attempt;
        if (_usage is null && _error is null)
            metadata["usage"] = "unknown";
    }

    private void See(AIContent content)
    {
        if (content is UsageContent { Details: { } details } && !_isComplete)
            (_usage ??= new UsageDetails()).Add(details);
        else if (content is DataContent { MediaType: { } type })
        {
            _hasSound |= type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase);
            _hasPicture |= type.StartsWith("image/", StringComparison.OrdinalIgnoreCase);
        }
    }
}
