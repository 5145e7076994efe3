namespace Podcasto.Costs.Server.Rollups.Index;

/// <summary>The last answers over spans of days, each good for the very state of its days that it was computed of. Not to be used by two at a time.</summary>
internal sealed class KeptAnswers
{
    // What a few readers look at: each of the pages asks two or three questions of a period.
    private const int MaxKept = 32;

    private readonly LinkedList<Kept> _latestFirst = [];

    /// <returns>Null where the question was not answered lately, or of another state.</returns>
    public object? Find(object question, SpanVersion span)
    {
        for (var node = _latestFirst.First; node is not null; node = node.Next)
        {
            if (!node.Value.Question.Equals(question) || !node.Value.Span.IsSameAs(span))
                continue;
            _latestFirst.Remove(node);
            _latestFirst.AddFirst(node);
            return node.Value.Answer;
        }

        return null;
    }

    /// <summary>Takes in an answer, in the place of an older one to the same question.</summary>
    public void Add(object question, SpanVersion span, object answer)
    {
        for (var node = _latestFirst.First; node is not null; node = node.Next)
        {
            if (!node.Value.Question.Equals(question))
                continue;
            _latestFirst.Remove(node);
            break;
        }

        _latestFirst.AddFirst(new Kept(question, span, answer));
        if (_latestFirst.Count > MaxKept)
            _latestFirst.RemoveLast();
    }

    private sealed record Kept(object Question, SpanVersion Span, object Answer);
}
