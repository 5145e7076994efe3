namespace Podcasto.Costs.Server.Hosting;

/// <summary>Something that an answer needs cannot be reached, which is no fault of the client's: 503, saying what it is.</summary>
/// <param name="type">The last part of the problem's type.</param>
/// <param name="title">What it is, in general.</param>
/// <param name="message">What it is, in particular, and what to do.</param>
/// <param name="inner">What was met.</param>
internal abstract class OutOfReachException(string type, string title, string message, Exception? inner) : Exception(message, inner)
{
    public string Type { get; } = type;

    public string Title { get; } = title;

    /// <summary>Whether reading once more will do.</summary>
    public bool HasMoved { get; init; }
}
